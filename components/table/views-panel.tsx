import { Drawer } from '@/components/ui/drawer'
import { Notice } from '@/components/ui/feedback'
import { TextField } from '@/components/ui/field'
import type { ListViews, ViewChoice } from '@/lib/views/list-views'

type Action = (form: FormData) => Promise<void>

type Props = {
  views: ListViews
  closeHref: string
  /** What is wrong with what was sent. */
  problem?: string | undefined
  save: Action
  update: (id: number) => Action
  change: (id: number) => Action
  remove: (id: number) => Action
  /** The short address of a view, to be passed on. */
  linkOf: (id: number) => string
  /** What else can be made of a view. */
  more?: (view: ViewChoice) => React.ReactNode
}

/** Keeps the list as a view, and changes the views that are there: plain forms. */
export function ViewsPanel({ views, closeHref, problem, save, update, change, remove, linkOf, more }: Props) {
  const { choices, current, isModified } = views
  const changeable = choices.filter((choice) => choice.mayChange)
  return (
    <Drawer title="Saved views" closeHref={closeHref} returnTo="#saved-views">
      <div className="grid gap-5">
        {problem ? (
          <Notice tone="bad" live>
            {problem}
          </Notice>
        ) : null}
        {current?.mayChange && isModified ? (
          <form action={update(current.id)} className="grid gap-2">
            <p>
              The list is no longer as “{current.name}” has it
              {current.isShared ? ', which is shared in this account' : ''}.
            </p>
            <button type="submit" className="button justify-self-start">
              Update “{current.name}”
            </button>
          </form>
        ) : null}
        <form action={save} className="grid gap-3">
          <h3>Save this list as a new view</h3>
          <p className="field-hint">
            Filters, search, order, columns and density. Whoever opens it sees the rows that they may see.
          </p>
          <TextField name="name" label="Name" maxLength={80} autoComplete="off" />
          <Boxes isShared={false} isDefault={false} />
          <button type="submit" className="button button-primary justify-self-start">
            Save view
          </button>
        </form>
        {changeable.length > 0 ? (
          <section className="grid gap-2" aria-label="Views that you can change">
            <h3>Views that you can change</h3>
            {changeable.map((view) => (
              <details key={view.id} className="facet">
                <summary>
                  <span className="view-name">{view.name}</span>
                  <span className="text-ink-muted">{view.isShared ? 'shared' : 'mine'}</span>
                </summary>
                <div className="facet-body grid gap-3">
                  <p className="field-hint">
                    Link: <a href={view.href}>{linkOf(view.id)}</a>
                  </p>
                  <form action={change(view.id)} className="grid gap-3">
                    <TextField name="name" label="Name" defaultValue={view.name} maxLength={80} autoComplete="off" />
                    {view.isMine ? (
                      <Boxes {...view} />
                    ) : (
                      <p className="field-hint">Whether it is shared is for its owner to say.</p>
                    )}
                    <button type="submit" className="button button-small justify-self-start">
                      Save changes
                    </button>
                  </form>
                  {more?.(view)}
                  <form action={remove(view.id)}>
                    <button type="submit" className="button button-small button-danger">
                      Delete “{view.name}”
                    </button>
                  </form>
                </div>
              </details>
            ))}
          </section>
        ) : null}
      </div>
    </Drawer>
  )
}

function Boxes({ isShared, isDefault }: { isShared: boolean; isDefault: boolean }) {
  return (
    <>
      <label className="check-row">
        <input type="checkbox" name="shared" value="1" className="check" defaultChecked={isShared} />
        <span>Shared with everybody in this account</span>
      </label>
      <label className="check-row">
        <input type="checkbox" name="default" value="1" className="check" defaultChecked={isDefault} />
        <span>The tab opens with it, for me</span>
      </label>
    </>
  )
}
