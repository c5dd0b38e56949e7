// Proof of work while a form is looked at once more: no puzzle, nobody else's server, and without script a slower way (ADR 026).
// A number is looked for whose derived key begins as the challenge asks; the protocol is ALTCHA's second.
(function () {
    'use strict';

    const form = document.querySelector('form[data-challenge]');
    if (!form || !window.crypto || !crypto.subtle) {
        return;
    }
    const challenge = JSON.parse(form.dataset.challenge);
    let proven = false;

    const bytes = (hex) => Uint8Array.from(hex.match(/../g) || [], (pair) => parseInt(pair, 16));
    const hexed = (array) => Array.from(array, (byte) => byte.toString(16).padStart(2, '0')).join('');

    async function solve() {
        const { nonce, salt, keyPrefix, keyLength, cost } = challenge.parameters;
        const start = bytes(nonce);
        const password = new Uint8Array(start.length + 4);
        password.set(start);
        const number = new DataView(password.buffer, start.length);
        const way = { name: 'PBKDF2', hash: 'SHA-256', salt: bytes(salt), iterations: cost };
        for (let counter = 0; ; counter += 1) {
            number.setUint32(0, counter);
            const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
            const derived = hexed(new Uint8Array(await crypto.subtle.deriveBits(way, key, keyLength * 8)));
            if (derived.startsWith(keyPrefix)) {
                return { counter, derivedKey: derived };
            }
        }
    }

    function keep(solution) {
        const field = document.createElement('input');
        field.type = 'hidden';
        field.name = '_proof';
        field.value = btoa(JSON.stringify({ challenge, solution }));
        form.append(field);
    }

    // Whatever goes wrong here, the form can be sent: it goes the slower way then.
    const work = solve().then(keep).catch(() => {}).then(() => { proven = true; });

    form.addEventListener('submit', (event) => {
        const button = event.submitter;
        if (proven || !button || button.value !== 'send') {
            return;
        }
        event.preventDefault();
        const status = form.querySelector('[data-waiting]');
        status.textContent = status.dataset.waiting;
        work.then(() => form.requestSubmit(button));
    });
})();
