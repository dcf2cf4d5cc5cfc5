import { useMutation, useQuery } from '@apollo/client/react';
import { Menu } from '@mantine/core';
import { IconArrowLeft, IconBooks, IconDots, IconFilePlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { explain } from '../apollo/errors.ts';
import {
  AddSampleArticlesDocument,
  ArticlePageDocument,
  type BaseFieldsFragment,
  KnowledgePageDocument,
} from '../gql/graphql.ts';
import { useIsAdministrator } from '../session/use-session.ts';
import { useActions } from '../ui/actions/registry.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { EmptyState, Notice, SkeletonLines } from '../ui/Notice.tsx';
import { sayFailed } from '../ui/undo.tsx';
import { PHONE, useMedia } from '../ui/use-media.ts';
import { ArticleEditor } from './ArticleEditor.tsx';
import { ArticleList } from './ArticleList.tsx';
import { BaseDialog } from './BaseDialog.tsx';
import { BaseTree } from './BaseTree.tsx';
import { DeleteBaseDialog } from './DeleteBaseDialog.tsx';
import { ImportDialog } from './ImportDialog.tsx';
import type { KnowledgeSearch } from './knowledge-search.ts';
import { LinkCheckDialog } from './LinkCheckDialog.tsx';
import { beginArticle, readNewArticle, settleBegun } from './new-article.ts';
import '../ui/mantine-forms.css';
import './knowledge.css';

type Overlay =
  | { kind: 'new-base' }
  | { kind: 'edit-base' | 'delete-base' | 'import' | 'links'; base: BaseFieldsFragment }
  | null;

/** The knowledge bases: bases and categories, their articles, and the article under the pen. */
export function KnowledgePage() {
  const search = useSearch({ from: '/app/knowledge' });
  const { data, error, refetch } = useQuery(KnowledgePageDocument, { fetchPolicy: 'cache-and-network' });
  const isAdministrator = useIsAdministrator();
  const [overlay, setOverlay] = useState<Overlay>(null);
  const [imports, setImports] = useState(0);
  const navigate = useNavigate();
  const bases = data?.knowledgeBases;
  const base = bases?.find(({ id }) => id === search.base) ?? bases?.[0];
  const onSearch = (part: KnowledgeSearch) => void navigate({ to: '/knowledge', search: { ...search, ...part } });

  if (!bases) {
    return (
      <div className="page">
        <div className="page__inner">
          <div className="page__head">
            <h1>Knowledge bases</h1>
          </div>
          {error ? (
            <Notice tone="bad" action={<Button onClick={() => void refetch()}>Try again</Button>}>
              {explain(error).message}
            </Notice>
          ) : (
            <SkeletonLines count={10} />
          )}
        </div>
      </div>
    );
  }
  const close = () => setOverlay(null);
  return (
    <>
      {base ? (
        <OpenBase
          bases={bases}
          base={base}
          search={{ ...search, base: base.id }}
          onSearch={onSearch}
          onChanged={() => void refetch().catch(() => undefined)}
          onOverlay={setOverlay}
          imports={imports}
        />
      ) : (
        <EmptyState title="No knowledge base yet" isPage icon={<IconBooks size={34} stroke={1.3} aria-hidden="true" />}>
          <p>Write an answer once; it is suggested whenever a ticket asks for it.</p>
          {isAdministrator ? (
            <Button look="primary" onClick={() => setOverlay({ kind: 'new-base' })}>
              Make the first one
            </Button>
          ) : (
            <p>An administrator makes the first one.</p>
          )}
        </EmptyState>
      )}
      {(overlay?.kind === 'new-base' || overlay?.kind === 'edit-base') && (
        <BaseDialog
          base={overlay.kind === 'edit-base' ? overlay.base : null}
          onClose={close}
          onSaved={(id) => {
            void refetch().then(() => onSearch({ base: id, category: undefined, article: undefined }));
          }}
        />
      )}
      {overlay?.kind === 'delete-base' && (
        <DeleteBaseDialog
          base={overlay.base}
          onClose={close}
          onDeleted={() => {
            onSearch({ base: undefined, category: undefined, article: undefined });
            void refetch();
          }}
        />
      )}
      {overlay?.kind === 'import' && (
        <ImportDialog
          base={overlay.base}
          onClose={close}
          onImported={() => {
            setImports((before) => before + 1);
            void refetch();
            onSearch({ base: overlay.base.id, category: undefined, q: undefined, state: undefined });
          }}
        />
      )}
      {overlay?.kind === 'links' && <LinkCheckDialog base={overlay.base} onClose={close} />}
    </>
  );
}

interface OpenBaseProps {
  bases: readonly BaseFieldsFragment[];
  base: BaseFieldsFragment;
  search: KnowledgeSearch;
  onSearch: (part: KnowledgeSearch) => void;
  onChanged: () => void;
  onOverlay: (overlay: Overlay) => void;
  /** How many imports have changed the articles. */
  imports: number;
}

/** What can be done with a whole base. */
function BaseMenu({ base, onOverlay }: { base: BaseFieldsFragment; onOverlay: (overlay: Overlay) => void }) {
  const isAdministrator = useIsAdministrator();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <IconButton label={`More for ${base.name}`} className="tree__more">
          <IconDots size={15} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onOverlay({ kind: 'import', base })}>Import Markdown…</Menu.Item>
        <Menu.Item component="a" href={`/knowledge-export/${base.id}`} download>
          Export as Markdown
        </Menu.Item>
        <Menu.Item onClick={() => onOverlay({ kind: 'links', base })}>Check the links</Menu.Item>
        {isAdministrator && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => onOverlay({ kind: 'edit-base', base })}>Edit…</Menu.Item>
            <Menu.Item color="red" onClick={() => onOverlay({ kind: 'delete-base', base })}>
              Delete…
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Bases at the left, articles in the middle, the open one at the right; on a phone one of them at a time. */
function OpenBase({ bases, base, search, onSearch, onChanged, onOverlay, imports }: OpenBaseProps) {
  const isAdministrator = useIsAdministrator();
  const isPhone = useMedia(PHONE);
  const [pane, setPane] = useState<'tree' | 'list'>('list');
  const [revision, setRevision] = useState(0);
  const [addSamples, adding] = useMutation(AddSampleArticlesDocument);
  const changed = () => {
    onChanged();
    setRevision((before) => before + 1);
  };
  const write = () => {
    const categoryId = search.category && search.category !== 'none' ? search.category : null;
    onSearch({ article: beginArticle(base.id, categoryId, search.article) });
  };
  const samples = async () => {
    try {
      await addSamples({ variables: { input: { knowledgeBaseId: base.id } } });
      changed();
    } catch (error) {
      sayFailed(explain(error).message);
    }
  };
  useActions([
    { id: 'new-article', label: 'New article', group: 'Knowledge bases', keys: ['N'], run: write },
    ...(isAdministrator
      ? [
          {
            id: 'new-base',
            label: 'New knowledge base',
            group: 'Knowledge bases',
            run: () => onOverlay({ kind: 'new-base' }),
          },
        ]
      : []),
  ]);
  const isOpen = search.article !== undefined;
  const shows = (part: 'tree' | 'list' | 'article') => !isPhone || (isOpen ? part === 'article' : part === pane);
  return (
    <div className="knowledge">
      <header className="knowledge__head">
        {isPhone && !isOpen && pane === 'list' && (
          <IconButton label="Bases and categories" onClick={() => setPane('tree')}>
            <IconArrowLeft size={18} />
          </IconButton>
        )}
        <div>
          <h1>Knowledge bases</h1>
          {isPhone && !isOpen && (
            <p className="second" dir="auto">
              {base.name}
            </p>
          )}
        </div>
        <span className="spacer" />
        {isAdministrator && !isPhone && <Button onClick={() => onOverlay({ kind: 'new-base' })}>New base</Button>}
        <Button look="primary" icon={<IconFilePlus size={16} aria-hidden="true" />} onClick={write}>
          New article
        </Button>
      </header>
      <div className="knowledge__panes">
        {shows('tree') && (
          <BaseTree
            bases={bases}
            base={base}
            search={search}
            onSearch={(part) => {
              setPane('list');
              onSearch(part);
            }}
            onChanged={changed}
            menuOf={(each) => <BaseMenu base={each} onOverlay={onOverlay} />}
          />
        )}
        {shows('list') && (
          <ArticleList
            base={base}
            search={search}
            onSearch={onSearch}
            revision={revision + imports}
            samples={
              <>
                <p>Write the first one, or begin with three samples to change.</p>
                <Button isBusy={adding.loading} onClick={() => void samples()}>
                  Add three sample articles
                </Button>
              </>
            }
          />
        )}
        {shows('article') && (
          <OpenArticle
            key={search.article}
            id={search.article}
            bases={bases}
            baseId={base.id}
            onOpen={(article, inBase) =>
              onSearch({ article, ...(inBase ? { base: inBase, category: undefined } : {}) })
            }
            onBack={isPhone ? () => onSearch({ article: undefined }) : undefined}
            onListChanged={changed}
            onDeleted={() => {
              changed();
              onSearch({ article: undefined });
            }}
          />
        )}
      </div>
    </div>
  );
}

interface OpenArticleProps {
  id: string | undefined;
  bases: readonly BaseFieldsFragment[];
  /** The base that is shown beside it. */
  baseId: string;
  onOpen: (id: string, inBase?: string) => void;
  onBack: (() => void) | undefined;
  onListChanged: () => void;
  onDeleted: () => void;
}

function OpenArticle({ id, bases, baseId, onBack, onListChanged, onDeleted, onOpen }: OpenArticleProps) {
  // A new one stays under the pen as it is when its first word has brought it to the server.
  const [fresh] = useState(() => (id ? readNewArticle(id) : null));
  const { data, error, refetch } = useQuery(ArticlePageDocument, {
    variables: { id: id ?? '' },
    skip: id === undefined || fresh !== null,
    fetchPolicy: 'network-only',
    nextFetchPolicy: 'cache-first',
  });
  // A link from elsewhere names the article alone: its own base is shown beside it.
  const ownBase = (fresh ?? data?.article)?.knowledgeBaseId;
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the article is there, not when another base is chosen
  useEffect(() => {
    if (id && ownBase && ownBase !== baseId && bases.some((each) => each.id === ownBase)) onOpen(id, ownBase);
  }, [ownBase]);
  if (id === undefined) {
    return (
      <section className="article article--none" aria-label="Article">
        <EmptyState title="No article is open">
          <p>Choose one from the list, or write a new one.</p>
        </EmptyState>
      </section>
    );
  }
  const article = fresh ?? data?.article;
  if (article) {
    return (
      <ArticleEditor
        stored={article}
        base={bases.find((each) => each.id === article.knowledgeBaseId)}
        onBack={onBack}
        onListChanged={() => {
          settleBegun(article.id);
          onListChanged();
        }}
        onDeleted={onDeleted}
        onOpen={onOpen}
      />
    );
  }
  return (
    <section className="article article--none" aria-label="Article" aria-busy={!data && !error}>
      {error ? (
        <Notice tone="bad" action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {explain(error).message}
        </Notice>
      ) : data ? (
        <EmptyState title="This article does not exist">
          <p>It may have been deleted.</p>
          {onBack && <Button onClick={onBack}>Back to the articles</Button>}
        </EmptyState>
      ) : (
        <SkeletonLines count={12} />
      )}
    </section>
  );
}
