// @ts-check
/** A module with the interface's functions and nothing behind them, for what the real one never does. */

const NAMES = ['tamis_abi', 'tamis_results', 'tamis_error', 'tamis_policy_path', 'tamis_buffer_new', 'tamis_free',
	'tamis_keyring_new', 'tamis_keyring_previous', 'tamis_redactor_new', 'tamis_session_new', 'tamis_redact',
	'tamis_outcome_report', 'tamis_restore'];
const PARAMETERS = [0, 0, 1, 0, 1, 1, 2, 3, 4, 0, 8, 1, 5];

/**
 * The module. Each function returns a number; those named in `traps` trap. The result words never change.
 *
 * @param {{ returns?: Record<string, number>, words?: number[], traps?: string[] }} what
 */
export function assemble({ returns = {}, words = [], traps = [] }) {
	const code = NAMES.map((name) => {
		const fallback = { tamis_abi: 1 << 16, tamis_error: 303 }[name] ?? 0;
		const body = traps.includes(name) ? [0, 0x00, 0x0B] : [0, 0x41, ...signed(returns[name] ?? fallback), 0x0B];
		return [...unsigned(body.length), ...body];
	});
	const data = [...new Uint8Array(Uint32Array.from({ length: 8 }, (_, index) => words[index] ?? 0).buffer)];
	const types = PARAMETERS.map((count) => [0x60, ...unsigned(count), ...Array(count).fill(0x7F), 1, 0x7F]);
	const exports = [[...text('memory'), 2, 0], ...NAMES.map((name, index) => [...text(name), 0, index])];
	return Uint8Array.from([
		0, 0x61, 0x73, 0x6D, 1, 0, 0, 0,
		...section(1, types),
		...section(3, NAMES.map((_, index) => [index])),
		...section(5, [[0, 3]]),
		...section(7, exports),
		...section(10, code),
		...section(11, [[0, 0x41, 0, 0x0B, ...unsigned(data.length), ...data]]),
	]);
}

/** @param {number} id @param {number[][]} items */
function section(id, items) {
	const body = [...unsigned(items.length), ...items.flat()];
	return [id, ...unsigned(body.length), ...body];
}

/** @param {string} name */
function text(name) {
	return [name.length, ...new TextEncoder().encode(name)];
}

/** @param {number} value */
function unsigned(value) {
	const bytes = [];
	for (; value > 0x7F; value >>>= 7) {
		bytes.push((value & 0x7F) | 0x80);
	}
	return [...bytes, value];
}

/** @param {number} value */
function signed(value) {
	const bytes = [];
	for (; value > 0x3F; value >>= 7) {
		bytes.push((value & 0x7F) | 0x80);
	}
	return [...bytes, value];
}
