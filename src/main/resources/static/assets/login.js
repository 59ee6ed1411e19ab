/* Texts in the browser's language, the message for what just happened, and the CSRF token the server asks for. */
const texts = {
  zh: {
    title: '登录 · 顺批',
    tagline: '销售审批',
    username: '用户名',
    password: '密码',
    submit: '登录',
    company: '企业账号登录',
    withPassword: '使用密码登录（系统管理员）',
    error: '用户名或密码不正确，或账号已被锁定。',
    unavailable: '系统暂时不可用，请稍后再试。',
    expired: '登录已过期，请重新登录。',
    logout: '您已退出登录。',
    refusals: {
      unknown: '顺批中没有与您的企业账号同名的用户（用户名须完全一致，区分大小写）。请联系系统管理员。',
      frozen: '您在顺批中的账号已冻结。请联系系统管理员。',
      away: '企业账号登录服务暂时无法连接，请稍后再试。',
      denied: '企业账号登录已取消或未获准许。',
      failed: '企业账号登录未通过校验，请重新登录；如仍不成功，请联系系统管理员。'
    }
  },
  en: {
    title: 'Log in · Shunpi',
    tagline: 'Sales approvals',
    username: 'User name',
    password: 'Password',
    submit: 'Log in',
    company: 'Log in with the company account',
    withPassword: 'Log in with a password (administrators)',
    error: 'Wrong user name or password, or the account is locked.',
    unavailable: 'The system is not available at the moment. Please try again later.',
    expired: 'Your session has expired. Please log in again.',
    logout: 'You have logged out.',
    refusals: {
      unknown: 'There is no user with the name of your company account (capital letters count). Please ask an administrator.',
      frozen: 'Your account here is frozen. Please ask an administrator.',
      away: 'The company login does not answer at the moment. Please try again later.',
      denied: 'The company login was cancelled or not permitted.',
      failed: 'The company login could not be verified. Please log in again, and ask an administrator if it fails again.'
    }
  }
};

const preferred = (navigator.languages?.[0] ?? navigator.language ?? 'zh').toLowerCase();
const language = preferred.startsWith('zh') ? 'zh' : 'en';
const text = texts[language];

document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
document.title = text.title;
for (const element of document.querySelectorAll('[data-text]')) {
  element.textContent = text[element.dataset.text];
}

const query = new URLSearchParams(location.search);
const message = document.getElementById('message');
const event = ['error', 'unavailable', 'expired', 'logout', 'company'].find((name) => query.has(name));
const sentence = event === 'company' ? text.refusals[query.get('company')] ?? text.refusals.failed : text[event];
if (event) {
  message.textContent = sentence;
  message.className = event === 'logout' ? 'notice' : 'notice notice-fault';
  message.hidden = false;
}
if (event === 'error') {
  document.getElementById('with-password')?.setAttribute('open', '');
}

const form = document.getElementById('login');
function fillCsrfToken() {
  const cookie = document.cookie.split('; ').find((pair) => pair.startsWith('SHUNPI-CSRF='));
  form.elements._csrf.value = cookie ? decodeURIComponent(cookie.slice('SHUNPI-CSRF='.length)) : '';
}
fillCsrfToken();
// another tab may have renewed the token while this page was open
form.addEventListener('submit', fillCsrfToken);
