// Tasklist plug-ins of our own, loaded through customScripts in ../config.js.
// Tasklist stays blank when this module fails to load.

import { pagesMenu } from './pages-menu.js';
import { queueCard } from './queue-card.js';
import { translateForms } from './form-language.js';
import { translateFormTexts } from './form-texts.js';

translateForms();
translateFormTexts();
// the forms' building blocks; without them a form lacks its tables, but Tasklist and the decision still work
import('../../../../../assets/components/index.js').catch((error) => console.error(error));

export default [pagesMenu, queueCard];
