/* The page of whoever calls: whom to call first, everything about him, and the contact in seconds (C4, F9, F10). */
import { address, get, post } from '../assets/components/api.js';
import { amount, badge, facts, grade, h, terms, yuan } from '../assets/components/dom.js';
import { aging, contactOf, invoices, standing, timeline } from '../assets/components/shunpi-collection.js';

const $ = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);
const code = query.get('customer');
const view = code ? 'customer' : query.get('view') ?? 'work';

function say(text, kind) {
  $('message').textContent = text ?? '';
  $('message').className = `notice notice-${kind}`;
  $('message').hidden = !text;
}

async function attempt(action) {
  say(null, 'fault');
  try {
    await action();
  } catch (error) {
    if (error.status === 401) {
      location.href = address('login?expired');
      return;
    }
    say(error.message, 'fault');
  }
}

const customerPage = (customer) => address(`pages/collection.html?customer=${encodeURIComponent(customer)}`);

// ---- the worklist

function row(entry) {
  return h(
    'tr', { 'data-case': entry.caseNumber },
    h('td', {}, h('a', { href: customerPage(entry.customerCode) }, entry.customerName), ' ', h('span', { class: 'hint' }, entry.customerCode), ' ',
      entry.hold && badge('停发赊销', 'fault'), entry.brokenPromises > 0 && [' ', badge(`失信 ${entry.brokenPromises} 次`, 'fault')]),
    h('td', {}, entry.stageLabel ?? ''),
    h('td', { class: 'number' }, amount(entry.open)),
    h('td', { class: 'number' }, entry.daysOverdue > 0 ? `${entry.daysOverdue} 天` : '今天到期'),
    h('td', {}, entry.promisedOn ? `${entry.promisedOn} 付 ${amount(entry.promised)}` : ''),
    h('td', {}, entry.step === 'NONE' ? h('span', { class: 'hint' }, '等候') : entry.stepLabel),
    h('td', {}, entry.lastContact ?? h('span', { class: 'hint' }, '还没有')),
    h('td', {}, entry.salesRepName ?? '')
  );
}

async function work() {
  const rep = query.get('rep') ?? '';
  const list = await get(`api/collection/worklist?rep=${encodeURIComponent(rep)}`);
  $('rep').append(...list.reps.map((pool) => h('option', { value: pool.rep }, `${pool.name}（${pool.cases}）`)));
  $('rep').value = rep;
  $('rep').addEventListener('change', () => { location.search = $('rep').value ? `?rep=${encodeURIComponent($('rep').value)}` : ''; });
  $('cases').replaceChildren(...list.cases.map(row));
  $('empty').hidden = list.cases.length > 0;
  $('count').textContent = list.cases.length ? `${list.cases.length} 个案件` : '';
}

// ---- one customer

function head(file) {
  const known = file.openCase;
  return h(
    'section', { class: 'card sp-block' },
    h('h2', {}, file.customerName, ' ', badge(grade(file.grade), 'accent'), ' ', h('span', { class: 'hint' }, file.customerCode), ' ', standing(file)),
    facts(
      ['联系人', h('span', { class: 'sp-strong' }, contactOf(file)), 'wide'],
      ['地址', file.address, 'wide'],
      ['业务员', file.salesRepName],
      ['付款方式', terms(file.paymentTerms)],
      known && ['案件', `${known.caseNumber} · ${known.statusLabel}${known.step === 'none' ? '' : ` · 现由${known.stepLabel}跟进`}`],
      known?.restsUntil && ['承诺付款日', `${known.restsUntil}（到期前不再催）`],
      Number(file.credit) > 0 && ['未冲抵的收款', yuan(file.credit)],
      file.writeOff && ['核销申请', `${file.writeOff.invoiceNumber}：${file.writeOff.stateLabel}`]
    ),
    aging(file)
  );
}

/** What can be done with one invoice: it asks for the reason, nothing else. */
function tools(file) {
  const ask = (label, question, send) => h('button', {
    class: 'button', type: 'button',
    onclick: () => {
      const reason = prompt(question);
      if (reason?.trim()) {
        attempt(async () => {
          await send(reason.trim());
          await customer();
        });
      }
    }
  }, label);
  return (invoice) => [
    !invoice.objection && ask('有争议', `发票 ${invoice.invoiceNumber} 有什么争议？`, (reason) => post('api/collection/disputes', { invoiceNumber: invoice.invoiceNumber, reason })),
    invoice.objection && ask('争议已解决', `发票 ${invoice.invoiceNumber} 的争议怎样解决的？`, (settlement) => post(`api/collection/disputes/${encodeURIComponent(invoice.invoiceNumber)}/settle`, { settlement })),
    ' ',
    invoice.inCase && !file.writeOff && ask('提出核销', `为什么要核销发票 ${invoice.invoiceNumber}？`, (reason) => post(`api/collection/cases/${file.openCase.caseNumber}/write-offs`, { invoiceNumber: invoice.invoiceNumber, reason }))
  ];
}

const promiseTones = { open: 'accent', kept: 'good', broken: 'fault', replaced: 'plain' };

function block(title, ...content) {
  return h('section', { class: 'card sp-block' }, h('h2', {}, title), content);
}

const nothing = (text) => h('p', { class: 'hint' }, text);

function detail(file) {
  return [
    block('未付发票', file.invoices.length ? invoices(file.invoices, tools(file)) : nothing('没有未付的发票。')),
    file.promises.length > 0 && block('付款承诺', h('ul', {}, file.promises.map((promise) => h('li', {},
      `${promise.madeOn} 承诺 ${promise.promisedOn} 付 ${amount(promise.amount)} 元 `, badge(promise.stateLabel, promiseTones[promise.state]))))),
    block('往来记录', timeline(file.timeline) || nothing('还没有往来记录。')),
    h('div', { id: 'orders' }),
    h('div', { id: 'returns' })
  ].filter(Boolean);
}

/** Orders and returns come from their own modules; who may not read them, or has none, sees a line that says so. */
async function others(file) {
  const open = ['in-review', 'returned', 'held', 'released', 'shipped'];
  const name = encodeURIComponent(file.customerName);
  const [orders, returns] = await Promise.all([
    get(`api/orders?q=${name}&max=50`).catch(() => null),
    get(`api/returns?customer=${encodeURIComponent(file.customerCode)}`).catch(() => null)
  ]);
  const list = (orders?.orders ?? []).filter((order) => open.includes(order.status));
  $('orders').replaceChildren(block('未完成的订单', list.length === 0 ? nothing('没有未完成的订单。') : h('ul', {}, list.map((order) => h('li', {},
    h('a', { href: address(`pages/orders.html?number=${encodeURIComponent(order.orderNumber)}`) }, order.orderNumber), ' ',
    badge(order.statusLabel), ' ', order.amount ? yuan(order.amount) : '', ' ', (order.holds ?? []).join('、'))))));
  const cases = Array.isArray(returns) ? returns : returns?.returns ?? returns?.cases ?? [];
  $('returns').replaceChildren(block('退换货', cases.length === 0 ? nothing('没有退换货。') : h('ul', {}, cases.map((entry) => h('li', {},
    entry.returnNumber ?? entry.number ?? entry.caseNumber, ' ', badge(entry.statusLabel ?? entry.status ?? ''))))));
}

async function customer() {
  const file = await get(`api/collection/customers/${encodeURIComponent(code)}`);
  document.title = `${file.customerName} · 催款 · 顺批`;
  $('file').replaceChildren(head(file));
  $('detail').replaceChildren(...detail(file));
  $('person').value ||= file.contact ?? '';
  await others(file);
}

async function contact() {
  await post(`api/collection/customers/${encodeURIComponent(code)}/contacts`, Object.fromEntries(
    ['person', 'means', 'contactedOn', 'said', 'promisedOn', 'promisedAmount'].map((field) => [field, $(field).value])));
  for (const field of ['contactedOn', 'said', 'promisedOn', 'promisedAmount']) {
    $(field).value = '';
  }
  await customer();
  say('已登记。', 'good');
}

// ---- simulation

function table(head, rows) {
  return h('div', { class: 'table-scroll' }, h('table', {},
    h('thead', {}, h('tr', {}, head.map(([label, kind]) => h('th', { class: kind }, label)))),
    h('tbody', {}, rows)));
}

const of = (list) => list.map((invoice) => h('div', {}, `${invoice.invoiceNumber} · ${invoice.label} · ${amount(invoice.amount)}`));

async function simulate() {
  const result = await get(`api/collection/simulation?date=${encodeURIComponent($('date').value)}`);
  $('outcome').replaceChildren(...[
    !result.workingDay && h('p', { class: 'notice notice-accent' }, `${result.date} 不是工作日，不会催款。`),
    result.workingDay && h('p', {}, `${result.date}：涉及 ${result.customers} 个客户，${result.mails.length} 封邮件，${result.tasks.length} 项任务，金额 ${amount(result.amount)} 元。`),
    result.mails.length > 0 && block('会发出的邮件', table(
      [['收件人'], ['主题'], ['客户'], ['金额（元）', 'number'], ['发票']],
      result.mails.map((mail) => h('tr', {}, h('td', {}, mail.to || badge('没有邮箱', 'fault')), h('td', {}, mail.subject),
        h('td', {}, h('a', { href: customerPage(mail.customerCode) }, mail.customerName)), h('td', { class: 'number' }, amount(mail.amount)), h('td', {}, of(mail.invoices)))))),
    result.tasks.length > 0 && block('会产生的任务', table(
      [['由谁办'], ['客户'], ['金额（元）', 'number'], ['发票']],
      result.tasks.map((task) => h('tr', {}, h('td', {}, task.queueName),
        h('td', {}, h('a', { href: customerPage(task.customerCode) }, task.customerName)), h('td', { class: 'number' }, amount(task.amount)), h('td', {}, of(task.invoices)))))),
    result.holds.length > 0 && block('会停发赊销订单的客户', h('p', {}, result.holds.map((hold) => hold.customerName).join('、'))),
    result.broken.length > 0 && block('会记为失信的承诺', h('ul', {}, result.broken.map((entry) => h('li', {}, `${entry.customerName}：${entry.promisedOn} 应付 ${amount(entry.amount)} 元`))))
  ].filter(Boolean));
}

// ---- reconciliation

function statement(row) {
  const answer = row.confirmedOn
    ? [Number(row.confirmedBalance) === Number(row.balance) ? badge('相符', 'good') : badge(`不符：客户记 ${amount(row.confirmedBalance)}`, 'fault'), ' ', row.note ?? '']
    : h('button', {
      class: 'button', type: 'button',
      onclick: () => {
        const balance = prompt(`${row.customerName} 确认的余额（元）`, row.balance);
        if (balance?.trim()) {
          const note = Number(balance) === Number(row.balance) ? '' : prompt('差异说明') ?? '';
          attempt(async () => {
            await post(`api/collection/reconciliations/${encodeURIComponent(row.customerCode)}/${row.asOf}`, { balance: balance.trim(), note });
            await reconciliation();
          });
        }
      }
    }, '登记答复');
  return h('tr', {}, h('td', {}, row.asOf), h('td', {}, h('a', { href: customerPage(row.customerCode) }, row.customerName)),
    h('td', { class: 'number' }, amount(row.balance)), h('td', {}, row.sentOn), h('td', {}, answer));
}

async function reconciliation() {
  const rows = await get('api/collection/reconciliations');
  $('statements').replaceChildren(...rows.map(statement));
  $('no-statements').hidden = rows.length > 0;
}

// ---- which of them

$(view).hidden = false;
const tab = $(`tab-${view}`);
tab?.setAttribute('aria-current', 'page');
tab?.classList.add('button-primary');
$('contact').addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(contact);
});
$('simulate').addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(simulate);
});
// today's run is usually done: tomorrow's is what one wants to know
$('date').value = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Date.now() + 86_400_000);
attempt({ work, customer, simulation: simulate, reconciliation }[view]);
