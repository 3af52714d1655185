import { changedSettings, type Settings, type SettingsSeen } from './settings'
import type { FieldSpec, Given } from './state'

const people = (n: number) => (n === 1 ? '1 person' : `${n.toLocaleString('en-US')} people`)

const CONTACTS = { yes: 'Everybody with access to the account', no: 'People of the same organization only' }
const MANAGERS = {
  yes: 'Also Virtual Account Administrators, in their own Virtual Accounts',
  no: 'Smart Account Administrators only',
}

/** The form of the settings. */
export const settingFields: FieldSpec[] = [
  { kind: 'text', name: 'name', label: 'Name of the account', maxLength: 100 },
  {
    kind: 'select',
    name: 'sharesAdminContacts',
    label: 'Who sees the names and addresses of the administrators',
    hint: 'Partners and recipients of orders never see other users, whatever is chosen here.',
    required: false,
    options: [
      { value: '', label: CONTACTS.no },
      { value: 'yes', label: CONTACTS.yes },
    ],
  },
  {
    kind: 'select',
    name: 'virtualAdminsManageUsers',
    label: 'Who manages users, groups and access requests',
    hint: 'Virtual Account Administrators give Virtual Account roles only, and only in their own.',
    required: false,
    options: [
      { value: '', label: MANAGERS.no },
      { value: 'yes', label: MANAGERS.yes },
    ],
  },
]

export const settingsGiven = (settings: Settings): Given => ({
  name: [settings.name],
  sharesAdminContacts: [settings.sharesAdminContacts ? 'yes' : ''],
  virtualAdminsManageUsers: [settings.virtualAdminsManageUsers ? 'yes' : ''],
})

/** What would be different, and for how many people. */
export function settingLines(before: Settings, after: Settings, { outsiders, virtualAdmins }: SettingsSeen) {
  const said = {
    name: (settings: Settings) => ({ label: 'Name of the account', text: settings.name }),
    sharesAdminContacts: ({ sharesAdminContacts: is }: Settings) => ({
      label: 'Who sees the names and addresses of the administrators',
      text: is ? `${CONTACTS.yes}, ${people(outsiders)} of other organizations among them` : CONTACTS.no,
    }),
    virtualAdminsManageUsers: ({ virtualAdminsManageUsers: is }: Settings) => ({
      label: 'Who manages users, groups and access requests',
      text: is ? `${MANAGERS.yes}: ${people(virtualAdmins)}` : MANAGERS.no,
    }),
  }
  return changedSettings(before, after).map((name) => {
    const [now, then] = [said[name](before), said[name](after)]
    return { label: now.label, before: now.text, after: then.text }
  })
}
