/** 16 by 16 line drawings, stroked in the color of the text around them. */
const paths = {
  account: 'M2.5 13.5v-9l5-2.5v11.5m0-7.5 6 2.5v5m-12.5 0h14M5 6v0M5 9v0m5.5 0v0m0 2.5v0',
  bell: 'M8 2a4 4 0 0 0-4 4c0 3-1.5 4.5-1.5 5h11c0-.5-1.5-2-1.5-5a4 4 0 0 0-4-4Zm-1.5 11.5a1.5 1.5 0 0 0 3 0',
  calendar: 'M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2.5v3m5-3v3',
  check: 'm3 8.5 3.2 3.2L13 4.8',
  'chevron-down': 'm4 6 4 4 4-4',
  'chevron-left': 'm10 4-4 4 4 4',
  'chevron-right': 'm6 4 4 4-4 4',
  close: 'm4 4 8 8m0-8-8 8',
  cloud: 'M4.5 12.5a3 3 0 0 1 0-6 4 4 0 0 1 7.6 1 2.6 2.6 0 0 1-.6 5Z',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10m3.6-10v10',
  contract: 'M4 2h6l2.5 2.5V14H4zM6.5 6h3.5m-3.5 2.5h3.5m-3.5 2.5h2',
  copy: 'M5.5 5.5h8v8h-8zM3.5 10.5h-1v-8h8v1',
  dash: 'M4 8h8',
  device: 'M2 4h12v4H2zm0 4h12v4H2zm2.5-2v0m0 4v0m3-4h4m-4 4h4',
  download: 'M8 2.5v7.5m-3.2-3L8 10.2 11.2 7M2.5 13.5h11',
  edit: 'm3 13 .6-2.8 7.2-7.2 2.2 2.2-7.2 7.2Z',
  error: 'M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5ZM8 5v3.5M8 11v0',
  events: 'M6 3.5h8M6 8h8m-8 4.5h8M2.5 3.5v0m0 4.5v0m0 4.5v0',
  external: 'M9.5 2.5h4v4m0-4L7.5 8.5m4 1.5v3.5h-9v-9H6',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Zm6.5 2a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  filter: 'M2 3.5h12M4.5 8h7M6.8 12.5h2.4',
  go: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Zm2.6-8.6L9.2 9.2l-3.8 1.4 1.4-3.8Z',
  grip: 'M6 4v0m0 4v0m0 4v0m4-8v0m0 4v0m0 4v0',
  help: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM6.3 6.4a1.7 1.7 0 1 1 2.5 1.5c-.6.3-.8.6-.8 1.2m0 2v0',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Zm0-6.5v3.7M8 5v0',
  key: 'M10 9a3.5 3.5 0 1 0-3.2-2L2.5 11.2v2.3h2.6v-1.7h1.7v-1.7L8.5 8.7A3.5 3.5 0 0 0 10 9Zm.7-4.2v0',
  keyboard: 'M1.5 4h13v8h-13zM4 6.5v0m2.7 0v0m2.6 0v0m2.7 0v0M5 9.5h6',
  license: 'M2 4h12v2.5a1.5 1.5 0 0 0 0 3V12H2V9.5a1.5 1.5 0 0 0 0-3ZM9.5 4v1.5m0 1.8v1.4m0 1.8V12',
  link: 'm6.5 9.5 3-3M7 4.5l1.6-1.6a3.2 3.2 0 0 1 4.5 4.5L11.5 9M9 11.5l-1.6 1.6a3.2 3.2 0 0 1-4.5-4.5L4.5 7',
  lock: 'M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2M8 9.8v1',
  moon: 'M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7Z',
  more: 'M3.5 8v0M8 8v0m4.5 0v0',
  order: 'm8 1.8 5.5 3v6.4L8 14.2l-5.5-3V4.8ZM2.5 4.8 8 8m0 0 5.5-3.2M8 8v6.2',
  overview: 'M2.5 2.5h4.5v5H2.5zm6.5 0h4.5v3H9zM2.5 10h4.5v3.5H2.5zM9 8h4.5v5.5H9z',
  people:
    'M6 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm-4.5 5.5a4.5 4.5 0 0 1 9 0M11 3.3a2.5 2.5 0 0 1 0 4.5m1 2.2a4.5 4.5 0 0 1 2.5 3.5',
  person: 'M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8Zm-5.5 6a5.5 5.5 0 0 1 11 0',
  plus: 'M8 3v10M3 8h10',
  refresh: 'M13.5 8a5.5 5.5 0 1 1-1.6-3.9M13.5 2v3h-3',
  rows: 'M2.5 3.5h11m-11 4.5h11m-11 4.5h11',
  screen: 'M2 3h12v8H2zm4 10.5h4M8 11v2.5',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9Zm3.3-1.2 3.2 3.2',
  settings:
    'M2 4.5h6m3.5 0H14m-12 7h2.5m3.5 0h6M9.8 6.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4Zm-3.6 7a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4Z',
  share: 'M8 9.5v-7M5 5l3-2.8L11 5M3.5 8v5.5h9V8',
  'sign-out': 'M9.5 5V2.5h-7v11h7V11M6.5 8H14m-2.5-2.5L14 8l-2.5 2.5',
  'sort-down': 'M8 3v10m-3.5-3.5L8 13l3.5-3.5',
  'sort-up': 'M8 13V3M4.5 6.5 8 3l3.5 3.5',
  star: 'm8 2 1.8 3.8 4.2.5-3.1 2.9.8 4.1L8 11.3l-3.7 2 .8-4.1L2 6.3l4.2-.5Z',
  sun: 'M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM8 1.5v1m0 11v1M1.5 8h1m11 0h1M3.4 3.4l.7.7m7.8 7.8.7.7m0-9.2-.7.7m-7.8 7.8-.7.7',
  swap: 'M2.5 5.5h10m-2.8-3 3 3-3 3M13.5 11h-10m2.8-2.5-3 2.5 3 3',
  trash: 'M2.5 4h11M6 4V2.5h4V4M4 4l.6 9.5h6.8L12 4M6.7 7v4m2.6-4v4',
  upload: 'M8 10.2V2.7M4.8 5.8 8 2.5l3.2 3.3M2.5 13.5h11',
  warning: 'M8 2 14.5 13.5h-13ZM8 6.3v3.4m0 2v0',
} as const

export type IconName = keyof typeof paths

/** Decorative: the word beside it, or the label of its button, carries the meaning. */
export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  return (
    <svg className={`icon ${className}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  )
}
