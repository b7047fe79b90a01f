// @ts-check
/**
 * Tamis for workerd, where bytes cannot be compiled at run time: the module comes compiled with the worker.
 */

import module from '../tamis.wasm';

import { setPlatform } from './module.js';

setPlatform({ file: () => module, open: (url) => fetch(url) });

export * from './index.js';
