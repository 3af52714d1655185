import { exportTab } from '../../export-tab'

export const GET = exportTab('contracts')
