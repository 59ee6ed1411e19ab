/* Texts in the browser's language, the message for what just happened, and the CSRF token the server asks for. */
const texts = {
  zh: {
    title: '登录 · 顺批',
    tagline: '销售审批',
    username: '用户名',
    password: '密码',
    submit: '登录',
    error: '用户名或密码不正确，或账号已被锁定。',
    expired: '登录已过期，请重新登录。',
    logout: '您已退出登录。'
  },
  en: {
    title: 'Log in · Shunpi',
    tagline: 'Sales approvals',
    username: 'User name',
    password: 'Password',
    submit: 'Log in',
    error: 'Wrong user name or password, or the account is locked.',
    expired: 'Your session has expired. Please log in again.',
    logout: 'You have logged out.'
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
const event = ['error', 'expired', 'logout'].find((name) => query.has(name));
if (event) {
  message.textContent = text[event];
  message.className = event === 'logout' ? 'notice' : 'notice notice-fault';
  message.hidden = false;
}

const form = document.getElementById('login');
function fillCsrfToken() {
  const cookie = document.cookie.split('; ').find((pair) => pair.startsWith('SHUNPI-CSRF='));
  form.elements._csrf.value = cookie ? decodeURIComponent(cookie.slice('SHUNPI-CSRF='.length)) : '';
}
fillCsrfToken();
// another tab may have renewed the token while this page was open
form.addEventListener('submit', fillCsrfToken);
