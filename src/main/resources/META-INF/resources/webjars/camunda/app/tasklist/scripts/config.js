// Overrides the file of the same name in camunda-webapp-webjar.
const preferred = navigator.languages?.[0] ?? navigator.language ?? '';
const chinese = preferred.toLowerCase().startsWith('zh');

// the shipped page says lang="en"; fonts, screen readers and camunda.css go by the real one
document.documentElement.lang = chinese ? 'zh-CN' : 'en';

export default {
  app: {
    vendor: chinese ? '顺批 · 销售审批' : 'Shunpi · Sales approvals',
    name: chinese ? '任务中心' : 'Tasklist'
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
  customScripts: ['scripts/shunpi/plugin'],
  shortcuts: {
    claimTask: {
      key: 'ctrl+alt+c',
      description: chinese ? '认领当前任务' : 'claims the currently selected task'
    },
    focusFilter: {
      key: 'ctrl+shift+f',
      description: chinese ? '转到第一个筛选器' : 'sets the focus to the first filter in the list'
    },
    focusList: {
      key: 'ctrl+alt+l',
      description: chinese ? '转到列表中的第一个任务' : 'sets the focus to the first task in the list'
    },
    focusForm: {
      key: 'ctrl+alt+f',
      description: chinese ? '转到表单的第一个输入框' : 'sets the focus to the first input field in a task form'
    },
    startProcess: {
      key: 'ctrl+alt+p',
      description: chinese ? '打开“发起流程”窗口' : 'opens the start process dialog'
    }
  }
};

// There is one login for everything: the application's own form would be refused.
const toLogin = () => location.hash.startsWith('#/login') && location.assign('/login');
addEventListener('hashchange', toLogin);
toLogin();
