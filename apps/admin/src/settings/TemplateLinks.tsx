import { Link } from '@tanstack/react-router';
import { TEMPLATES, type TemplateName } from './template-search.ts';

/** The way to the desk's own words. */
export function TemplateLinks() {
  return (
    <ul className="template-links">
      {Object.entries(TEMPLATES).map(([name, { title, text }]) => (
        <li key={name}>
          <Link to="/settings/templates" search={{ kind: name as TemplateName }}>
            {title}
          </Link>
          <span className="second">{text}</span>
        </li>
      ))}
      <li>
        <Link to="/saved-replies">Saved replies</Link>
        <span className="second">Words that assistants put into their replies, for everybody or of their own.</span>
      </li>
    </ul>
  );
}
