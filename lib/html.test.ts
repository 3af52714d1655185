import { html } from './html'

test('what is put into markup is escaped, in text and in attributes', () => {
  const hostile = `"><img src=x onerror='alert(1)'>&amp;`
  const safe = '&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;amp;'
  expect(html`<p title="${hostile}">${hostile}</p>`.__html).toBe(`<p title="${safe}">${safe}</p>`)
})

test('markup goes into markup as it is, one piece or many, and numbers as they are written', () => {
  const items = ['a', '<b>'].map((text) => html`<li>${text}</li>`)
  expect(html`<ol start="${7}">${items}</ol>${html`<hr>`}`.__html).toBe(
    '<ol start="7"><li>a</li><li>&lt;b&gt;</li></ol><hr>',
  )
})

test('nothing that was read from outside passes for markup', () => {
  expect(html`<p>${JSON.parse('["<script>", ["<i>"]]')}</p>`.__html).toBe('<p>&lt;script&gt;&lt;i&gt;</p>')
  expect(() => html`<p>${JSON.parse('{"__html":"<script>"}')}</p>`).toThrow()
})
