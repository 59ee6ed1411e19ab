/* The outbox as a list with its texts. What comes from the server goes into the page as text, never as markup. */
import { get, post } from '../assets/components/api.js';
import { h, moment } from '../assets/components/dom.js';
import { $, attempt, good, tell } from '../assets/components/page.js';

const PAGE = 50;

const states = {
  queued: ['待发送', 'badge badge-accent'],
  sent: ['已发送', 'badge badge-good'],
  kept: ['仅供查看', 'badge'],
  failed: ['发送失败', 'badge badge-fault']
};

const filter = $('filter');
let first = 0;
let shown = null;

const badge = (code) => {
  const [text, style] = states[code] ?? [code, 'badge'];
  return h('span', { class: style }, text);
};
const recipient = (mail) => mail.recipient || '（无地址）';

async function list() {
  const query = new URLSearchParams(new FormData(filter));
  query.set('first', first);
  query.set('max', PAGE);
  const { count, mails } = await get(`api/mails?${query}`);
  $('mails').replaceChildren(...mails.map(row));
  $('count').textContent = `共 ${count} 封`;
  $('empty').hidden = mails.length > 0;
  $('previous').disabled = first === 0;
  $('next').disabled = first + mails.length >= count;
}

function row(mail) {
  return h(
    'tr', {},
    h('td', {}, moment(mail.createdAt)),
    h('td', {}, mail.caseNumber),
    h('td', {}, recipient(mail)),
    h('td', {}, h('a', { href: `#${mail.id}` }, mail.subject)),
    h('td', {}, badge(mail.status))
  );
}

async function open(id) {
  const mail = await get(`api/mails/${encodeURIComponent(id)}`);
  shown = mail.id;
  $('subject').textContent = mail.subject;
  $('body').textContent = mail.body;
  const facts = [
    ['收件人', recipient(mail)],
    ['单号', mail.caseNumber],
    ['状态', badge(mail.status)],
    ['写入时间', moment(mail.createdAt)],
    ['发送时间', moment(mail.sentAt)],
    ['下次尝试', moment(mail.nextAttemptAt)],
    ['已尝试', mail.attempts ? `${mail.attempts} 次` : ''],
    ['原因', mail.error]
  ].filter(([, value]) => value);
  $('facts').replaceChildren(...facts.map(([label, value]) => h('div', {}, h('dt', {}, label), h('dd', {}, value))));
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
  await post(`api/mails/${shown}/resend`);
  await list();
  await open(shown);
  tell(good('已重新排队，稍后发送。'));
}));
addEventListener('hashchange', showHash);

filter.elements.case.value = new URLSearchParams(location.search).get('case') ?? '';
attempt(list);
showHash();
