/** Charts by Chart.js; the version stands in the address and in pom.xml. */
import { address } from './api.js';
import { say } from './dom.js';

const LIBRARY = 'webjars/chart.js/4.5.1/dist/chart.umd.min.js';

// most different from its neighbours first; the same blue as the pages, and apart for colour-blind eyes
const COLOURS = ['#17559c', '#5fa8d3', '#e0a526', '#d9722b', '#b3402e', '#6d2b3d', '#6b7685'];

let loading;

/** Loads the library when the first chart is drawn, and no sooner. */
function library() {
  loading ??= new Promise((loaded, failed) => {
    const script = document.createElement('script');
    script.src = address(LIBRARY);
    script.addEventListener('load', () => loaded(window.Chart));
    script.addEventListener('error', () => failed(new Error(say('图表组件无法加载，请稍后重试。', 'The chart cannot be loaded; please try again.'))));
    document.head.append(script);
  });
  return loading;
}

const short = (label) => (label.length > 18 ? `${label.slice(0, 17)}…` : label);
const figures = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 });

/**
 * Draws stacked bars, one per label.
 *
 * @param canvas where; what was drawn there before goes away
 * @param labels one per bar
 * @param series `{ label, values }`, values as numbers or decimal text
 * @param upright standing bars, for days; else lying ones, which leave room for names
 */
export async function bars(canvas, labels, series, upright) {
  const Chart = await library();
  Chart.getChart(canvas)?.destroy();
  const style = getComputedStyle(document.body);
  Chart.defaults.font.family = style.fontFamily;
  Chart.defaults.color = style.getPropertyValue('--sp-ink-soft').trim();
  const value = { stacked: true, beginAtZero: true, ticks: { callback: (tick) => figures.format(tick), precision: 0 } };
  const name = {
    stacked: true,
    grid: { display: false },
    ticks: { autoSkip: upright, callback: (tick) => short(labels[tick]) }
  };
  return new Chart(canvas, {
    type: 'bar',
    data: {
      labels,
      datasets: series.map(({ label, values }, index) => ({
        label,
        data: values.map(Number),
        backgroundColor: COLOURS[index % COLOURS.length],
        maxBarThickness: 42
      }))
    },
    options: {
      indexAxis: upright ? 'x' : 'y',
      animation: false,
      maintainAspectRatio: false,
      scales: upright ? { x: name, y: value } : { x: value, y: name },
      plugins: {
        legend: { position: 'bottom' },
        tooltip: { mode: 'index', callbacks: { label: ({ dataset, raw }) => `${dataset.label}: ${figures.format(raw)}` } }
      }
    }
  });
}
