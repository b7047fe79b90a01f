/**
 * The browser that tests, figures and screenshots run in; `CHROMIUM` names another one.
 */
import { chromium } from 'playwright-core';

export const launch = () => chromium.launch({
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-lcd-text'],
});
