import assert from 'node:assert/strict';
import { test } from 'node:test';

import { align, replacementLengths, spans, toUtf16, tokens } from '../align.js';

const utf8 = (text) => new TextEncoder().encode(text).length;

test('UTF-8 offsets become UTF-16 offsets in every script', () => {
	for (const text of ['', 'plain', 'Müßig', '王小明，邮箱', 'שלום', '👩‍🚀 tent 🏕️', 'a\u{1F600}b\u00e9c\u4e2dd', 'lone \ud800 half', '\ud83c']) {
		const places = [...text].reduce((all, char) => [...all, all.at(-1) + char.length], [0]);
		assert.deepEqual(toUtf16(text, places.map((at) => utf8(text.slice(0, at)))), places, JSON.stringify(text));
	}
});

const finding = (text, value, operator = 'token', entity = 'email') => {
	const start = utf8(text.slice(0, text.indexOf(value)));
	return { entity, operator, rule: 'r', ranges: [[start, start + utf8(value)]] };
};

/** What stands for each value of `before` in `after`. */
function replacements(before, found, after) {
	const placed = align(before, spans(before, found), after, replacementLengths);
	return placed && placed.map(({ start, end }) => after.slice(start, end));
}

test('replacements are found by operator, whatever stands between', () => {
	const text = 'ü a@b.example, 4111 1111 1111 1111 x secret.';
	const found = [finding(text, 'a@b.example'), finding(text, '4111 1111 1111 1111', 'mask'), finding(text, 'secret', 'drop')];
	const after = 'ü EMAIL_912345678901234, **** **** **** 1111 x .';
	assert.deepEqual(replacements(text, found, after), ['EMAIL_912345678901234', '**** **** **** 1111', '']);
});

test('neighbours without anything between are kept apart', () => {
	const text = 'AB';
	const found = [finding(text, 'A'), finding(text, 'B', 'replace')];
	assert.deepEqual(replacements(text, found, 'EMAIL_912345678901234[email]'), ['EMAIL_912345678901234', '[email]']);
});

test('a number becomes null or a token in quotes', () => {
	const text = '{"a":23.87,"b":9}';
	const found = [finding(text, '23.87', 'replace', 'cost'), finding(text, '9')];
	assert.deepEqual(replacements(text, found, '{"a":null,"b":"EMAIL_912345678901234"}'), ['null', '"EMAIL_912345678901234"']);
});

test('a second range is emptied', () => {
	const text = 'ab-cd';
	const found = [{ entity: 'iban', operator: 'replace', rule: 'r', ranges: [[0, 2], [3, 5]] }];
	assert.deepEqual(replacements(text, found, '[iban]-'), ['[iban]', '']);
});

test('what cannot be told is not guessed', () => {
	const text = 'to a@b.example now';
	assert.equal(replacements(text, [finding(text, 'a@b.example')], 'to EMAIL_912345678901234 later'), null);
	assert.equal(replacements(text, [finding(text, 'a@b.example')], 'for EMAIL_912345678901234 now'), null);
});

test('only known tokens are marked', () => {
	const known = new Map([['EMAIL_912345678901234', 'mark']]);
	assert.deepEqual(tokens('x EMAIL_912345678901234 PHONE_912345678901234', known), [{ start: 2, end: 23, mark: 'mark' }]);
});
