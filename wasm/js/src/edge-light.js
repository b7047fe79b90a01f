// @ts-check
/**
 * Tamis for edge functions whose bundler takes a compiled module by `?module`.
 */

import module from '../tamis.wasm?module';

import { setPlatform } from './module.js';

setPlatform({ file: () => module, open: (url) => fetch(url) });

export * from './index.js';
