// Overrides the file of the same name in camunda-webapp-webjar.
const preferred = navigator.languages?.[0] ?? navigator.language ?? '';
const chinese = preferred.toLowerCase().startsWith('zh');

// the shipped page says lang="en"; fonts, screen readers and camunda.css go by the real one
document.documentElement.lang = chinese ? 'zh-CN' : 'en';

export default {
  app: {
    vendor: chinese ? '顺批 · 销售审批' : 'Shunpi · Sales approvals',
    name: chinese ? '首页' : 'Welcome'
  },
  locales: {
    // only the primary subtag is matched: 'zh-CN' would never be chosen
    availableLocales: ['zh', 'en'],
    // The fallback is loaded beside the chosen locale, and whichever arrives last sets the date format, so it
    // has to be the chosen one; browsers in other languages get English.
    fallbackLocale: chinese ? 'zh' : 'en'
  },
  // LL, LLL … are spelled out per language in locales/*.json
  dateFormat: {
    monthName: 'MMMM',
    day: 'DD',
    abbr: 'lll',
    normal: 'LLL',
    long: 'LLLL',
    short: 'LL'
  },
  disableWelcomeMessage: true,
  links: [
    {
      label: chinese ? '新建 / 导入' : 'New / import',
      href: '../../../../pages/import.html',
      description: chinese ? '从电子表格导入订单和资料' : 'Orders, customers, products, receivables, payments'
    },
    {
      label: chinese ? '订单' : 'Orders',
      href: '../../../../pages/orders.html',
      description: chinese ? '查询订单及其进度' : 'Orders and how far they have got'
    },
    {
      label: chinese ? '邮件' : 'Mails',
      href: '../../../../pages/mails.html',
      description: chinese ? '系统发出的邮件' : 'Mails sent by the system'
    },
    {
      label: chinese ? '接口文档' : 'API documentation',
      href: '../../../../swagger-ui',
      description: chinese ? '供其他系统对接' : 'For those who connect other systems'
    }
  ]
};

// There is one login for everything: the application's own form would be refused.
const toLogin = () => location.hash.startsWith('#/login') && location.assign('/login');
addEventListener('hashchange', toLogin);
toLogin();
