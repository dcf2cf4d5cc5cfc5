import { useQuery } from '@apollo/client/react';
import { Link, useSearch } from '@tanstack/react-router';
import { explain } from '../apollo/errors.ts';
import { MailTemplatesDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { Notice, SkeletonLines } from '../ui/Notice.tsx';
import { TemplateEditor } from './TemplateEditor.tsx';
import { TEMPLATES, type TemplateName } from './template-search.ts';
import '../ui/mantine-forms.css';
import './settings.css';

/** The desk's own words: one template at a time, beside a mail made of it. */
export function TemplatesPage() {
  const { kind: name = 'confirmation' } = useSearch({ from: '/app/administration/settings/templates' });
  const { data, error, refetch } = useQuery(MailTemplatesDocument, {
    fetchPolicy: 'network-only',
    nextFetchPolicy: 'cache-first',
  });
  const { kind, title, text } = TEMPLATES[name];
  const template = data?.mailTemplates.find((each) => each.kind === kind);
  return (
    <div className="page">
      <div className="page__inner">
        <div className="page__head">
          <h1>Templates</h1>
          <span className="spacer" />
          <Link to="/settings" hash="templates" className="button">
            Settings
          </Link>
        </div>
        <nav aria-label="Templates">
          <ul className="template-kinds">
            {Object.entries(TEMPLATES).map(([each, { title: its }]) => (
              <li key={each}>
                <Link
                  to="/settings/templates"
                  search={{ kind: each as TemplateName }}
                  aria-current={each === name ? 'page' : undefined}
                >
                  {its}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        {error && (
          <Notice tone="bad" action={<Button onClick={() => void refetch()}>Try again</Button>}>
            {explain(error).message}
          </Notice>
        )}
        {!data && !error && <SkeletonLines count={8} />}
        {template && <TemplateEditor key={kind} template={template} title={title} about={text} />}
      </div>
    </div>
  );
}
