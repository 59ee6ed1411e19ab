/*
 * The building blocks of task forms and of our own pages, as elements:
 *
 *   <shunpi-order number="SO-…">         delivery data and lines with prices and stock
 *   <shunpi-customer number="SO-…">      grade, terms, use of credit, overdue
 *   <shunpi-holds number="SO-…">         every reason that holds the order
 *   <shunpi-history number="SO-…">       who decided what and why
 *   <shunpi-facts number="SO-…" part="…"> unpaid, shipment, invoice, note or tasks
 *   <shunpi-order-editor [number="SO-…"]> the order to be entered or changed
 *   <shunpi-lines>                       its lines alone
 *   <shunpi-price-request number="SP-…"> a special-price request, with what its approver needs
 *   <shunpi-price-editor [number="SP-…"]> the request to be entered, or to be completed for an order
 *   <shunpi-price-offer number="SP-…">   a counter-offer to it
 *   <shunpi-price-preview>               who would have to approve, and what would save a step
 *   <shunpi-verification number="DV-…" [keyed]> what another person compares, with fields for what he keys blind
 *   <shunpi-differences number="SO-…">   what a verifier found different
 *   <shunpi-verification-fields type="…" | number="DV-…"> what a paper says, to be entered for its verification
 *   <shunpi-return number="RT-…">        a return: lines, solution, costs, approvals, evidence, what is to be done
 *   <shunpi-return-editor>               the application for one, with its files
 *   <shunpi-return-solution number="RT-…"> what is to be done about it, to be proposed
 *   <shunpi-return-goods number="RT-…" part="…"> its goods line by line: counts, findings or dispositions
 *   <shunpi-collection number="CF-…">     a collection case: what is owed, by age, what was done and said
 *   <shunpi-topbar>                      the bar above our own pages
 */
import './shunpi-order.js';
import './shunpi-customer.js';
import './shunpi-holds.js';
import './shunpi-history.js';
import './shunpi-facts.js';
import './shunpi-lines.js';
import './shunpi-order-editor.js';
import './shunpi-price-request.js';
import './shunpi-price-editor.js';
import './shunpi-price-offer.js';
import './shunpi-verification.js';
import './shunpi-differences.js';
import './shunpi-verification-fields.js';
import './shunpi-return.js';
import './shunpi-return-editor.js';
import './shunpi-return-solution.js';
import './shunpi-return-goods.js';
import './shunpi-collection.js';
import './shunpi-topbar.js';
