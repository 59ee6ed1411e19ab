import { share } from './api.js';
import { say } from './dom.js';

const sales = ['sales-assistant', 'sales-rep', 'sales-manager', 'sales-director', 'general-manager', 'finance'];

/** Our pages, and who has business there: a page that a role cannot use is not offered to it. Rights are the server's. */
const pages = [
  { path: 'pages/orders.html', label: say('订单', 'Orders'), groups: [...sales, 'warehouse'] },
  { path: 'pages/orders.html?view=production', label: say('生产需求', 'Production'), groups: [...sales, 'warehouse'] },
  { path: 'pages/holds.html', label: say('信用冻结', 'Credit holds'), groups: sales },
  { path: 'pages/returns.html', label: say('退换货', 'Returns'), groups: [...sales, 'warehouse', 'technical', 'purchasing'] },
  { path: 'pages/agreements.html', label: say('特价协议', 'Agreements'), groups: sales },
  { path: 'pages/price-changes.html', label: say('价格变更', 'Price changes'), groups: ['sales-assistant', 'sales-manager', 'sales-director', 'general-manager', 'finance'] },
  { path: 'pages/collection.html', label: say('催款', 'Collection'), groups: sales },
  { path: 'pages/stock.html', label: say('到货登记', 'Goods received'), groups: ['warehouse'] },
  { path: 'pages/reports.html', label: say('报表', 'Reports'), groups: [...sales, 'process-owner'] },
  { path: 'pages/import.html', label: say('导入', 'Import'), groups: ['sales-assistant', 'finance', 'process-owner', 'camunda-admin'] },
  { path: 'pages/break-glass.html', label: say('破例复核', 'Break glass'), groups: ['sales-director', 'general-manager'] },
  { path: 'pages/calendar.html', label: say('工作日历', 'Calendar') },
  { path: 'pages/mails.html', label: say('邮件', 'Mails'), groups: ['sales-assistant', 'sales-manager', 'process-owner', 'camunda-admin'] },
  { path: 'pages/accounts.html', label: say('账号', 'Accounts'), groups: ['camunda-admin', 'general-manager'] },
  { path: 'swagger-ui', label: say('接口文档', 'API documentation'), groups: ['process-owner', 'camunda-admin'] }
];

/** The pages that the reader can use. */
export async function myPages() {
  const { groups } = await share('api/me');
  return pages.filter((page) => !page.groups || page.groups.some((group) => groups.includes(group)));
}
