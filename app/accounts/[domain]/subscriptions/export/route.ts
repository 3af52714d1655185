import { exportTab } from '../../export-tab'

export const GET = exportTab('subscriptions')
