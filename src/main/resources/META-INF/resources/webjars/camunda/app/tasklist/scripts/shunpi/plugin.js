// Tasklist plug-ins of our own, loaded through customScripts in ../config.js.
// Tasklist stays blank when this module fails to load.

import { pagesMenu } from './pages-menu.js';
import { queueCard } from './queue-card.js';
import { translateFormTexts } from './form-texts.js';

translateFormTexts();

export default [pagesMenu, queueCard];
