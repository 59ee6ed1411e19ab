// Draws processes/*.bpmn as docs/images/*.svg. From the repository root, with Chromium on the path:
//   npm install --no-save bpmn-js playwright-core && node docs/render-diagrams.mjs
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const viewer = createRequire(import.meta.url).resolve('bpmn-js/dist/bpmn-viewer.production.min.js');
const executablePath = execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim();
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });

mkdirSync('docs/images', { recursive: true });
for (const file of readdirSync('processes').filter(name => name.endsWith('.bpmn'))) {
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  await page.setContent('<style>body { margin: 0 } #canvas { width: 100vw; height: 100vh }</style><div id="canvas"></div>');
  await page.addScriptTag({ path: viewer });
  const { svg, warnings } = await page.evaluate(async diagram => {
    const viewer = new BpmnJS({ container: '#canvas' });
    const { warnings } = await viewer.importXML(diagram);
    return { ...(await viewer.saveSVG()), warnings: warnings.map(String) };
  }, readFileSync(`processes/${file}`, 'utf8'));
  warnings.forEach(warning => console.warn(`${file}: ${warning}`));
  // black lines need a light ground, whatever the reader's theme is
  const [, x, y, width, height] = svg.match(/viewBox="(\S+) (\S+) (\S+) (\S+)"/);
  const ground = `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="white"/>`;
  writeFileSync(`docs/images/${file.replace('.bpmn', '.svg')}`, svg.replace(/(<svg[^>]*>)/, `$1${ground}`) + '\n');
  await page.close();
}
await browser.close();
