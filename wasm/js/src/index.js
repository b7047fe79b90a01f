// @ts-check
/**
 * What every platform exports. The platform's own entry says where the module's file is.
 */

export { TamisError } from './error.js';
export { wrapFetch } from './fetch.js';
export { init } from './module.js';
export { Outcome } from './outcome.js';
export { Redactor, redactor } from './redactor.js';
export { wrapXMLHttpRequest } from './xhr.js';
