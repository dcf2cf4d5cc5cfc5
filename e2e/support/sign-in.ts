import type { Page } from 'playwright-core';
import { ADMINISTRATOR, type Desk } from './desk.ts';

/** Signs the administrator in, as a person would. */
export async function signIn(page: Page, desk: Desk): Promise<void> {
  await page.goto(`${desk.product.url}/sign-in`);
  await page.getByLabel('Email').fill(ADMINISTRATOR.email);
  await page.getByLabel('Password', { exact: true }).fill(ADMINISTRATOR.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Tickets Center' }).waitFor();
}
