/* Shows a year of the working calendar, and says when a year that will be needed soon is missing. */
import { address, get } from '../assets/components/api.js';
import { badge, h } from '../assets/components/dom.js';
import { $, attempt, tell, warning } from '../assets/components/page.js';

const weekdays = ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'];
const thisYear = new Date().getFullYear();

async function show() {
  const year = Number($('year').value);
  const [calendar, next] = await Promise.all([get(`api/calendar/${year}`), get(`api/calendar/${thisYear + 1}`)]);
  $('notice').textContent = calendar.notice ?? '尚未公布';
  $('sheet').href = address(`api/calendar/${year}/sheet.xlsx`);
  $('days').replaceChildren(...calendar.days.map(row));
  $('empty').hidden = calendar.days.length > 0;
  if (next.notice === null) {
    tell(warning(`${thisYear + 1} 年的放假安排还没有录入，在那之前按周一至周五上班计算。`));
  }
}

function row({ date, working, note }) {
  return h(
    'tr',
    {},
    h('td', {}, date),
    // a date without a time is read as midnight in UTC
    h('td', {}, weekdays[new Date(date).getUTCDay()]),
    h('td', {}, working ? badge('上班', 'accent') : badge('放假', 'good')),
    h('td', {}, note)
  );
}

for (let year = thisYear - 1; year <= thisYear + 1; year++) {
  $('year').append(h('option', { value: year, selected: year === thisYear }, `${year} 年`));
}
$('year').addEventListener('change', () => attempt(show));
attempt(show);
