import {
  createRootRoute,
  createRoute,
  createRouter,
  Link,
  lazyRouteComponent,
  Outlet,
  type RouterHistory,
  redirect,
} from '@tanstack/react-router';
import { readKnowledgeSearch } from './knowledge-base/knowledge-search.ts';
import { readMailingSearch } from './mass-mail/mailing-search.ts';
import { readReportSearch } from './reports/report-search.ts';
import { readSendingSearch } from './sending/sending-search.ts';
import { RequireAdministrator, RequireAgent } from './session/RequireAgent.tsx';
import { readTemplateSearch } from './settings/template-search.ts';
import { AppShell } from './shell/AppShell.tsx';
import { TicketsCenterPage } from './tickets/TicketsCenterPage.tsx';
import { readTicketSearch } from './tickets/ticket-search.ts';
import { EmptyState } from './ui/Notice.tsx';

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: () => (
    <main className="page">
      <EmptyState title="This page does not exist" isPage>
        <Link to="/tickets">Go to the Tickets Center</Link>
      </EmptyState>
    </main>
  ),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { to?: string | undefined } => ({ to: text(search.to) }),
  component: lazyRouteComponent(() => import('./session/SignInPage.tsx'), 'SignInPage'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  // A token of digits alone is read as a number by the search parser, so any plain value is taken as text.
  validateSearch: (search: Record<string, unknown>): { token?: string | undefined } => ({
    token: search.token === undefined ? undefined : text(String(search.token)),
  }),
  component: lazyRouteComponent(() => import('./settings/SetupPage.tsx'), 'SetupPage'),
});

const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  component: () => (
    <RequireAgent>
      <AppShell />
    </RequireAgent>
  ),
});

const start = createRoute({
  getParentRoute: () => app,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/tickets' });
  },
});

const tickets = createRoute({
  getParentRoute: () => app,
  path: '/tickets',
  validateSearch: readTicketSearch,
  component: TicketsCenterPage,
});

const ticket = createRoute({
  getParentRoute: () => tickets,
  path: '$number',
  component: lazyRouteComponent(() => import('./tickets/TicketPage.tsx'), 'TicketPage'),
});

const collection = createRoute({
  getParentRoute: () => app,
  path: '/collection',
  validateSearch: (search: Record<string, unknown>): { fate?: string | undefined } => ({ fate: text(search.fate) }),
  component: lazyRouteComponent(() => import('./collection/CollectionPage.tsx'), 'CollectionPage'),
});

const knowledge = createRoute({
  getParentRoute: () => app,
  path: '/knowledge',
  validateSearch: readKnowledgeSearch,
  component: lazyRouteComponent(() => import('./knowledge-base/KnowledgePage.tsx'), 'KnowledgePage'),
});

const reports = createRoute({
  getParentRoute: () => app,
  path: '/reports',
  validateSearch: readReportSearch,
  component: lazyRouteComponent(() => import('./reports/ReportsPage.tsx'), 'ReportsPage'),
});

const profile = createRoute({
  getParentRoute: () => app,
  path: '/profile',
  component: lazyRouteComponent(() => import('./profile/ProfilePage.tsx'), 'ProfilePage'),
});

const savedReplies = createRoute({
  getParentRoute: () => app,
  path: '/saved-replies',
  validateSearch: (search: Record<string, unknown>): { open?: string | undefined } => ({ open: text(search.open) }),
  component: lazyRouteComponent(() => import('./tickets/saved-replies/SavedRepliesPage.tsx'), 'SavedRepliesPage'),
});

const administration = createRoute({
  getParentRoute: () => app,
  id: 'administration',
  component: () => (
    <RequireAdministrator>
      <Outlet />
    </RequireAdministrator>
  ),
});

const settings = createRoute({
  getParentRoute: () => administration,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/SettingsPage.tsx'), 'SettingsPage'),
});

const tryLetter = createRoute({
  getParentRoute: () => administration,
  path: '/settings/try-a-letter',
  component: lazyRouteComponent(() => import('./settings/TryLetterPage.tsx'), 'TryLetterPage'),
});

const templates = createRoute({
  getParentRoute: () => administration,
  path: '/settings/templates',
  validateSearch: readTemplateSearch,
  component: lazyRouteComponent(() => import('./settings/TemplatesPage.tsx'), 'TemplatesPage'),
});

const sending = createRoute({
  getParentRoute: () => administration,
  path: '/sending',
  validateSearch: readSendingSearch,
  component: lazyRouteComponent(() => import('./sending/SendingPage.tsx'), 'SendingPage'),
});

const assistants = createRoute({
  getParentRoute: () => administration,
  path: '/assistants',
  component: lazyRouteComponent(() => import('./accounts/AssistantsPage.tsx'), 'AssistantsPage'),
});

const massMail = createRoute({
  getParentRoute: () => administration,
  path: '/mass-mail',
  component: lazyRouteComponent(() => import('./mass-mail/MassMailPage.tsx'), 'MassMailPage'),
});

const mailing = createRoute({
  getParentRoute: () => administration,
  path: '/mass-mail/$id',
  validateSearch: readMailingSearch,
  component: lazyRouteComponent(() => import('./mass-mail/CampaignPage.tsx'), 'CampaignPage'),
});

const apiTokens = createRoute({
  getParentRoute: () => administration,
  path: '/api-tokens',
  component: lazyRouteComponent(() => import('./accounts/ApiTokensPage.tsx'), 'ApiTokensPage'),
});

const tree = root.addChildren([
  signIn,
  setup,
  app.addChildren([
    start,
    tickets.addChildren([ticket]),
    collection,
    knowledge,
    reports,
    profile,
    savedReplies,
    administration.addChildren([settings, tryLetter, templates, sending, assistants, apiTokens, massMail, mailing]),
  ]),
]);

/** The map of the app: every address and the page that stands there. `history` is the address bar unless another one is given. */
export const createAppRouter = (history?: RouterHistory) =>
  createRouter({ routeTree: tree, defaultPreload: false, scrollRestoration: false, ...(history ? { history } : {}) });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
