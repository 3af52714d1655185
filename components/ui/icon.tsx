import sprite from './icons.svg'

/** The ids in icons.svg; icon.test.ts holds the two together. */
export type IconName =
  | 'account'
  | 'bell'
  | 'calendar'
  | 'check'
  | 'chevron-down'
  | 'chevron-left'
  | 'chevron-right'
  | 'close'
  | 'cloud'
  | 'columns'
  | 'contract'
  | 'copy'
  | 'dash'
  | 'device'
  | 'download'
  | 'edit'
  | 'error'
  | 'events'
  | 'external'
  | 'eye'
  | 'filter'
  | 'go'
  | 'grip'
  | 'help'
  | 'info'
  | 'key'
  | 'keyboard'
  | 'license'
  | 'link'
  | 'lock'
  | 'moon'
  | 'more'
  | 'order'
  | 'overview'
  | 'people'
  | 'person'
  | 'plus'
  | 'refresh'
  | 'rows'
  | 'screen'
  | 'search'
  | 'settings'
  | 'share'
  | 'sign-out'
  | 'sort-down'
  | 'sort-up'
  | 'star'
  | 'sun'
  | 'swap'
  | 'trash'
  | 'upload'
  | 'warning'

// One file that the browser keeps: drawn into the markup, the paths would also be in every script that uses a button.
const { src }: { src: string } = sprite

/** Decorative: the word beside it, or the label of its button, carries the meaning. */
export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  return (
    <svg className={`icon ${className}`} aria-hidden="true" viewBox="0 0 16 16">
      <use href={`${src}#${name}`} />
    </svg>
  )
}

/** The engraved figure of certificates: ellipses turned about one center. Decoration of sign-in, empty and error pages. */
export function Rosette({ className = '' }: { className?: string }) {
  return (
    <svg className={`rosette ${className}`} viewBox="-60 -60 120 120" aria-hidden="true">
      <use href={`${src}#rosette`} />
    </svg>
  )
}
