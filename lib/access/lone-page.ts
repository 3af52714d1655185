// By hand and alone: the product's own styles are bundled for pages, and their file name is not known to a route.
const style = `
  :root { color-scheme: light dark; --ink: light-dark(#231a29, #f0ebf2); --accent: light-dark(#6b2a70, #dba6df) }
  body { margin: 0; font: 0.9375rem/1.5 system-ui, sans-serif; color: var(--ink); background: light-dark(#f6f4f7, #16121a) }
  header { padding: 1rem 2rem; background: light-dark(#2b1930, #1b1120); color: #f7f1f8; font-weight: 650 }
  main { max-width: 40rem; margin: 10vh auto; padding: 0 1.5rem }
  h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 }
  li { margin: 0.25rem 0; overflow-wrap: anywhere }
  a { display: inline-block; margin-top: 0.5rem; color: var(--accent); font-weight: 600 }`

/** A page that a route answers with; `content` is HTML, what came from outside escaped by `escapedText`. */
export const lonePage = (title: string, content: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="/icon.svg"><title>${title} · License Central</title>
<style>${style}</style></head><body><header>License Central</header><main id="main"><h1>${title}</h1>
${content}</main></body></html>`

export const escapedText = (text: string): string =>
  text.replace(/[&"'<>]/g, (character) => `&#${character.charCodeAt(0)};`)
