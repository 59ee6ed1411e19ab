/* The outbox as a list with its texts. What comes from the server goes into the page as text, never as markup. */
const PAGE = 50;

const states = {
  queued: ['待发送', 'badge badge-accent'],
  sent: ['已发送', 'badge badge-good'],
  kept: ['仅供查看', 'badge'],
  failed: ['发送失败', 'badge badge-fault']
};

const time = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit',
  hour: '2-digit', minute: '2-digit', hour12: false
});

const $ = (id) => document.getElementById(id);
const filter = $('filter');
let first = 0;
let shown = null;

async function call(path, options = {}) {
  const response = await fetch(path, {
    ...options,
    headers: { Accept: 'application/json', 'X-CSRF-TOKEN': csrfToken() }
  });
  if (response.status === 401) {
    location.href = '../login?expired';
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(answer.detail ?? `请求失败（${response.status}）`);
  }
  return answer;
}

function csrfToken() {
  const cookie = document.cookie.split('; ').find((pair) => pair.startsWith('SHUNPI-CSRF='));
  return cookie ? decodeURIComponent(cookie.slice('SHUNPI-CSRF='.length)) : '';
}

function say(text, kind) {
  const message = $('message');
  message.textContent = text ?? '';
  message.className = `notice notice-${kind}`;
  message.hidden = !text;
}

async function attempt(action) {
  say(null, 'fault');
  try {
    await action();
  } catch (error) {
    say(error.message, 'fault');
  }
}

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text ?? '';
  if (className) {
    made.className = className;
  }
  return made;
}

function badge(status) {
  const [text, className] = states[status] ?? [status, 'badge'];
  return element('span', text, className);
}

const at = (instant) => (instant ? time.format(new Date(instant)) : '');
const recipient = (mail) => mail.recipient || '（无地址）';

async function list() {
  const query = new URLSearchParams(new FormData(filter));
  query.set('first', first);
  query.set('max', PAGE);
  const { count, mails } = await call(`../api/mails?${query}`);
  $('mails').replaceChildren(...mails.map(row));
  $('count').textContent = `共 ${count} 封`;
  $('empty').hidden = mails.length > 0;
  $('previous').disabled = first === 0;
  $('next').disabled = first + mails.length >= count;
}

function row(mail) {
  const open = element('a', mail.subject);
  open.href = `#${mail.id}`;
  const cells = [at(mail.createdAt), mail.caseNumber, recipient(mail), open, badge(mail.status)].map((content) => {
    const cell = element('td');
    cell.append(content ?? '');
    return cell;
  });
  const line = element('tr');
  line.append(...cells);
  return line;
}

async function open(id) {
  const mail = await call(`../api/mails/${encodeURIComponent(id)}`);
  shown = mail.id;
  $('subject').textContent = mail.subject;
  $('body').textContent = mail.body;
  const facts = [
    ['收件人', recipient(mail)],
    ['单号', mail.caseNumber],
    ['状态', badge(mail.status)],
    ['写入时间', at(mail.createdAt)],
    ['发送时间', at(mail.sentAt)],
    ['下次尝试', at(mail.nextAttemptAt)],
    ['已尝试', mail.attempts ? `${mail.attempts} 次` : ''],
    ['原因', mail.error]
  ].filter(([, value]) => value);
  $('facts').replaceChildren(...facts.flatMap(([label, value]) => {
    const definition = element('dd');
    definition.append(value);
    return [element('dt', label), definition];
  }));
  $('resend').hidden = mail.status !== 'failed';
  $('mail').hidden = false;
  $('mail').focus();
}

function showHash() {
  const id = location.hash.slice(1);
  if (id) {
    attempt(() => open(id));
  } else {
    $('mail').hidden = true;
  }
}

filter.addEventListener('submit', (event) => {
  event.preventDefault();
  first = 0;
  attempt(list);
});
$('previous').addEventListener('click', () => {
  first = Math.max(0, first - PAGE);
  attempt(list);
});
$('next').addEventListener('click', () => {
  first += PAGE;
  attempt(list);
});
$('close').addEventListener('click', () => {
  location.hash = '';
});
$('resend').addEventListener('click', () => attempt(async () => {
  await call(`../api/mails/${shown}/resend`, { method: 'POST' });
  await list();
  await open(shown);
  say('已重新排队，稍后发送。', 'good');
}));
addEventListener('hashchange', showHash);

filter.elements.case.value = new URLSearchParams(location.search).get('case') ?? '';
attempt(list);
showHash();
