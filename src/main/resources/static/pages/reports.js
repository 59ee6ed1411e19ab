/* One report as table, chart and spreadsheet (A8). The question stands in the page's address, so that it can be kept. */
import { address, get } from '../assets/components/api.js';
import { bars } from '../assets/components/chart.js';
import { amount, h, say } from '../assets/components/dom.js';
import { $, attempt, tell, warning } from '../assets/components/page.js';

const MOST_BARS = 20;
const wanted = new URLSearchParams(location.search);
const codes = /^(customerCode|productCode|rep|role|person|preparer|field)$/;
const times = ['day', 'week', 'month'];

let reports = [];

/** Names of reports, dimensions and columns in English are the words they are made of: `daysOverdue` → `Days overdue`. */
function words(name) {
  const text = name.replace(/-/g, ' ').replace(/(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[a-z])/g, ' ').toLowerCase();
  return text[0].toUpperCase() + text.slice(1);
}

/* periods: days of Shanghai, reckoned in UTC so that no summer time of the reader's shifts them */

const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
const shifted = (day, days) => new Date(Date.parse(day) + days * 86400000).toISOString().slice(0, 10);
const firstOf = (day) => `${day.slice(0, 8)}01`;

const periods = {
  today: () => [today(), today()],
  week: () => [shifted(today(), -((new Date(today()).getUTCDay() + 6) % 7)), today()],
  month: () => [firstOf(today()), today()],
  'last-month': () => [firstOf(shifted(firstOf(today()), -1)), shifted(firstOf(today()), -1)]
};

function setPeriod(name) {
  $('period').value = name;
  if (periods[name]) {
    [$('from').value, $('to').value] = periods[name]();
  }
}

/* the question */

const chosen = () => reports.find(({ name }) => name === $('name').value);

function offerDimensions(by) {
  const { dimensions, snapshot } = chosen();
  $('by').replaceChildren(...dimensions.map(({ name, label }) => h('option', { value: name }, say(label, words(name)))));
  if (dimensions.some(({ name }) => name === by)) {
    $('by').value = by;
  }
  $('by-field').hidden = dimensions.length === 0;
  $('from-field').hidden = snapshot;
  $('to-label').textContent = snapshot ? say('截至', 'As of') : say('截止日期', 'To');
}

function query() {
  const { dimensions, snapshot } = chosen();
  const query = new URLSearchParams({ to: $('to').value });
  if (!snapshot) {
    query.set('from', $('from').value);
  }
  if (dimensions.length > 0) {
    query.set('by', $('by').value);
  }
  return query;
}

async function show() {
  const { name, title: chinese, snapshot } = chosen();
  const title = say(chinese, words(name));
  ['answer', 'empty', 'download'].forEach((part) => ($(part).hidden = true));
  const asked = query();
  const report = await get(`api/reports/${name}?${asked}`);
  $('title').textContent = title;
  $('about').textContent = snapshot ? say(`截至 ${$('to').value}`, `as of ${$('to').value}`) : `${$('from').value} ～ ${$('to').value}`;
  document.title = `${title} · ${say('顺批', 'Shunpi')}`;
  history.replaceState(null, '', `?${new URLSearchParams({ name, period: $('period').value, ...Object.fromEntries(asked) })}`);
  asked.set('format', 'xlsx');
  $('download').href = address(`api/reports/${name}?${asked}`);
  $('download').hidden = false;
  if (report.withheld > 0) {
    tell(warning(say(
      `${report.withheld} 张单据正待您盲核，其数字暂不计入，核对之后即可看到。`,
      `${report.withheld} documents wait for your blind check and are left out until then.`
    )));
  }
  $('empty').hidden = report.rows.length > 0;
  $('answer').hidden = report.rows.length === 0;
  if (report.rows.length > 0) {
    table(report);
    await draw(report);
  }
}

/* the answer */

const isDecimal = (value) => typeof value === 'string' && /^-?\d+\.\d{2}$/.test(value);
const isFigure = (report, { name }) =>
  !codes.test(name) && (name in report.totals || report.rows.some((row) => typeof row[name] === 'number' || isDecimal(row[name])));

function text(value) {
  if (value === null || value === undefined) {
    return '';
  }
  if (typeof value === 'boolean') {
    return value ? say('是', 'yes') : say('否', 'no');
  }
  return isDecimal(value) ? amount(value) : String(value);
}

/** A day, or a few words like a region, a state, a stage: torn in two they are not read. */
const isShort = (shown) => /^\d{4}-\d\d-\d\d$/.test(shown) || shown.length <= 10;

/** A code stands below its name, where both are there. */
function table(report) {
  const named = new Set(report.columns.map(({ name }) => name));
  const nameOf = { customerCode: 'customerName', productCode: 'productName', rep: 'repName', role: 'roleName', person: 'personName', preparer: 'preparerName', field: 'label' };
  const columns = report.columns.filter(({ name }) => !named.has(nameOf[name]));
  const codeOf = Object.fromEntries(Object.entries(nameOf).map(([code, name]) => [name, code]));
  const numeric = (column) => isFigure(report, column) && 'number';

  $('columns').replaceChildren(...columns.map((column) => h('th', { scope: 'col', class: numeric(column) }, say(column.label, words(column.name)))));
  $('rows').replaceChildren(
    ...report.rows.map((row) =>
      h('tr', {}, columns.map((column) => {
        const code = row[codeOf[column.name]];
        const shown = text(row[column.name]);
        const figure = Number(row[column.name]) === 0 ? 'number zero' : 'number';
        return h('td', { class: numeric(column) ? figure : isShort(shown) && 'short' }, shown, code && code !== row[column.name] && h('span', { class: 'sp-code' }, code));
      }))
    )
  );
  const sums = columns.map(({ name }) => text(report.totals[name]));
  $('totals').replaceChildren(
    ...(report.rows.length > 1 && sums.some(Boolean)
      ? [h('tr', {}, columns.map((column, index) => (index === 0 ? h('th', { scope: 'row' }, say('合计', 'Total')) : h('td', { class: numeric(column) }, sums[index]))))]
      : [])
  );
}

async function draw({ columns, rows, chart }) {
  const upright = times.includes(chart?.labels[0]);
  // a day without sales is worth seeing, a customer without is not
  const worthwhile = rows.filter((row) => chart?.figures.some((name) => Number(row[name]) !== 0));
  $('drawing').hidden = worthwhile.length === 0;
  if (worthwhile.length === 0) {
    return;
  }
  const shown = upright ? rows : worthwhile.slice(0, MOST_BARS);
  const label = (name) => say(columns.find((column) => column.name === name).label, words(name));
  const lying = 76 + shown.length * 26;
  document.querySelector('.sp-chart-area').style.height = `${upright ? 300 : Math.max(160, lying)}px`;
  $('drawn').textContent = !upright && worthwhile.length > MOST_BARS ? say(`图中为前 ${MOST_BARS} 项，共 ${worthwhile.length} 项。`, `The chart shows the first ${MOST_BARS} of ${worthwhile.length}.`) : '';
  $('chart').setAttribute('aria-label', say(`${chart.figures.map(label).join('、')}，数值见下表`, `${chart.figures.map(label).join(', ')}; the figures are in the table below`));
  await bars(
    $('chart'),
    shown.map((row) => chart.labels.map((name) => text(row[name])).filter(Boolean).join(' ')),
    chart.figures.map((name) => ({ label: label(name), values: shown.map((row) => row[name] ?? 0) })),
    upright
  );
}

/* the page */

$('question').addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(show);
});
$('name').addEventListener('change', () => {
  offerDimensions();
  attempt(show);
});
$('by').addEventListener('change', () => attempt(show));
$('period').addEventListener('change', () => {
  setPeriod($('period').value);
  if ($('period').value !== 'free') {
    attempt(show);
  }
});
['from', 'to'].forEach((id) => $(id).addEventListener('input', () => ($('period').value = 'free')));

await attempt(async () => {
  reports = await get('api/reports');
  if (reports.length === 0) {
    $('empty').textContent = say('没有您可以查看的报表。', 'There is no report for you.');
    $('empty').hidden = false;
    return;
  }
  $('name').replaceChildren(...reports.map(({ name, title }) => h('option', { value: name }, say(title, words(name)))));
  const known = (wished) => reports.some(({ name }) => name === wished);
  $('name').value = [wanted.get('name'), 'daily-sales'].find(known) ?? reports[0].name;
  setPeriod(wanted.get('period') ?? (wanted.get('to') ? 'free' : 'month'));
  if ($('period').value === 'free') {
    $('to').value = wanted.get('to') ?? today();
    $('from').value = wanted.get('from') ?? firstOf($('to').value);
  }
  offerDimensions(wanted.get('by'));
  $('question').hidden = false;
  await show();
});
