// @ts-check
/** A worker that runs one vector or one scenario a request. */
import * as tamis from './src/workerd.js';
import { scenarios, stage } from './tests/support/scenarios.mjs';
import { run } from './tests/support/vector.mjs';

export default {
	/** @param {Request} request */
	async fetch(request) {
		try {
			await tamis.init();
			const { vectors, scenario, origin } = await request.json();
			if (vectors !== undefined) {
				return Response.json(vectors.map((/** @type {any} */ vector) => run(/** @type {any} */ (tamis), vector)));
			}
			await scenarios[scenario](stage(/** @type {any} */ (tamis), (input, init) => fetch(input, init), origin, 'workerd'));
			return Response.json([]);
		} catch (error) {
			return Response.json([String(error), String(/** @type {Error} */ (error).stack)]);
		}
	},
};
