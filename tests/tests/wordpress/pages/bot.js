/**
 * A chatbot's script, which knows nothing of Tamis. Its calls stand in the address behind the #, which no server sees:
 * a JSON list of `{via, url, body}`; one that goes by `early` is made while the page still loads. What it was answered stands in #bot-reply afterwards, a JSON list too.
 */

const words = (text) => JSON.parse(text).choices[0].message.content;

function byFetch({ url, body }) {
	const headers = { 'Content-Type': 'application/json' };
	return fetch(url, { method: 'POST', headers, body }).then((reply) => reply.text()).then(words);
}

function byXhr({ url, body }) {
	return new Promise((done, failed) => {
		const xhr = new XMLHttpRequest();
		xhr.open('POST', url);
		xhr.setRequestHeader('Content-Type', 'application/json');
		xhr.onload = () => done(words(xhr.responseText));
		xhr.onerror = () => failed(new Error('xhr'));
		xhr.send(body);
	});
}

const calls = JSON.parse(decodeURIComponent(location.hash.slice(1)) || '[]');
const early = calls.filter(({ via }) => via === 'early').map(byFetch);

document.addEventListener('DOMContentLoaded', async () => {
	const said = await Promise.all(early);
	for (const call of calls.filter(({ via }) => via !== 'early')) {
		said.push(await (call.via === 'xhr' ? byXhr(call) : byFetch(call)).catch((error) => `failed: ${error.name}`));
	}
	const out = document.createElement('pre');
	out.id = 'bot-reply';
	out.textContent = JSON.stringify(said);
	document.body.append(out);
});
