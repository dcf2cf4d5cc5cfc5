import { useMutation } from '@apollo/client/react';
import { Menu, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { IconArrowLeft, IconDots, IconEye, IconHistory } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { explain } from '../apollo/errors.ts';
import { type ArticleFieldsFragment, type BaseFieldsFragment, DeleteArticleDocument } from '../gql/graphql.ts';
import { useActions } from '../ui/actions/registry.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { FactList } from '../ui/FactList.tsx';
import { formatCount } from '../ui/format.ts';
import { Notice, SkeletonLines } from '../ui/Notice.tsx';
import { sayDone, sayFailed } from '../ui/undo.tsx';
import { isUntouched } from './article-draft.ts';
import { pathOf, treeLines } from './category-tree.ts';
import { languageChoices } from './languages.ts';
import { OtherStateNotice } from './OtherStateNotice.tsx';
import { PreviewDrawer } from './PreviewDrawer.tsx';
import { SaveLine } from './SaveLine.tsx';
import { useArticleDraft } from './use-article-draft.ts';
import { VersionsDrawer } from './VersionsDrawer.tsx';

const ArticleBody = lazy(() => import('./ArticleBody.tsx').then((module) => ({ default: module.ArticleBody })));

interface ArticleEditorProps {
  stored: ArticleFieldsFragment;
  base: BaseFieldsFragment | undefined;
  onBack: (() => void) | undefined;
  /** Lists and counts are to be read again. */
  onListChanged: () => void;
  onDeleted: () => void;
  onOpen: (articleId: string) => void;
}

/** What became of the article: read, helpful, suggested, learnt. */
function Figures({ article }: { article: ArticleFieldsFragment }) {
  const { shown, inserted, sentUnchanged, dismissed } = article.suggestionStats;
  const figures = [
    ['Views', formatCount(article.views)],
    ['Helpful', `${formatCount(article.helpful)} of ${formatCount(article.helpful + article.notHelpful)}`],
    ['Suggested', formatCount(shown)],
    ['Inserted', formatCount(inserted)],
    ['Sent unchanged', formatCount(sentUnchanged)],
    ['Not useful', formatCount(dismissed)],
    ['Learnt from', `${formatCount(article.learntCount)} closed tickets`],
  ] as const;
  return <FactList className="article-figures" facts={figures} />;
}

/** One article: its words, where it stands, who may read it, and the way back to what it said before. */
export function ArticleEditor({ stored, base, onBack, onListChanged, onDeleted, onOpen }: ArticleEditorProps) {
  const draft = useArticleDraft(stored, onListChanged);
  const { values, article, theirs, isChanged, state, change } = draft;
  const isNew = article.version === 0;
  const [open, setOpen] = useState<'versions' | 'preview' | null>(null);
  const [isSure, setSure] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [remove, removing] = useMutation(DeleteArticleDocument);
  const titleRef = useRef<HTMLInputElement>(null);
  // A new article begins with its title: what stands there is replaced by typing.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per opened article
  useEffect(() => {
    if (isUntouched(values)) titleRef.current?.select();
  }, []);

  const publish = async () => {
    if (theirs !== null || (article.published && !isChanged)) return;
    if (isUntouched(values)) {
      sayFailed('Nothing was published. Give the article a title and a text first.');
      return;
    }
    setBusy(true);
    const isFirst = !article.published;
    const isDone = await draft.publish();
    setBusy(false);
    if (!isDone) return;
    sayDone(
      isFirst ? 'The article is published.' : 'The changes are published.',
      isFirst ? () => void unpublish() : undefined,
    );
    onListChanged();
  };
  const unpublish = async () => {
    setBusy(true);
    const isDone = await draft.unpublish();
    setBusy(false);
    if (!isDone) return;
    sayDone('The article is a draft again. Nobody outside can read it.');
    onListChanged();
  };
  /** Another state takes the place of what is here; what was typed can be taken back. */
  const giveWay = async (replace: () => boolean | Promise<boolean>, said: string) => {
    const typed = values;
    const canUndo = isChanged || theirs !== null;
    setBusy(true);
    const isDone = await replace();
    setBusy(false);
    if (isDone) sayDone(said, canUndo ? () => draft.putBack(typed) : undefined);
  };
  const discard = () => giveWay(draft.discard, 'The changes are discarded.');
  const saveAsNew = async () => {
    setBusy(true);
    const id = await draft.saveAsNew();
    setBusy(false);
    if (!id) return;
    sayDone('Your words are a new article now, a draft.');
    onListChanged();
    onOpen(id);
  };
  const onRemove = () =>
    remove({ variables: { input: { articleId: article.id } } }).then(
      () => {
        draft.replaceBy(article);
        sayDone(`“${article.title}” is deleted.`);
        onDeleted();
      },
      (error: unknown) => sayFailed(`The article is still here. ${explain(error).message}`),
    );
  const canDiscard = article.published && isChanged && theirs === null;
  const views = [
    {
      id: 'article-versions',
      label: 'Versions of the article',
      group: 'Knowledge bases',
      run: () => setOpen('versions'),
    },
    { id: 'article-preview', label: 'Preview as end user', group: 'Knowledge bases', run: () => setOpen('preview') },
  ];
  useActions([
    {
      id: 'publish-article',
      label: article.published ? 'Publish changes' : 'Publish the article',
      group: 'Knowledge bases',
      keys: ['Ctrl Enter'],
      worksInFields: true,
      run: () => void publish(),
    },
    ...(canDiscard
      ? [
          {
            id: 'discard-changes',
            label: 'Discard changes of the article',
            group: 'Knowledge bases',
            run: () => void discard(),
          },
        ]
      : []),
    ...(isNew ? [] : views),
  ]);

  const tree = base?.categories;
  const categories = useMemo(
    () => treeLines(tree ?? []).map(({ category }) => ({ value: category.id, label: pathOf(tree ?? [], category) })),
    [tree],
  );
  return (
    <section className="article" aria-label={`Article ${values.title}`}>
      <header className="article__head">
        {onBack && (
          <IconButton label="Back to the articles" onClick={onBack}>
            <IconArrowLeft size={18} />
          </IconButton>
        )}
        <span className={`badge ${article.published ? 'badge--good' : 'badge--note'}`}>
          {article.published ? 'Published' : 'Draft'}
        </span>
        <SaveLine state={state} article={article} isChanged={isChanged} />
        <span className="spacer" />
        <IconButton label="Preview as end user" isFramed disabled={isNew} onClick={() => setOpen('preview')}>
          <IconEye size={17} />
        </IconButton>
        <IconButton label="Versions" isFramed disabled={isNew} onClick={() => setOpen('versions')}>
          <IconHistory size={17} />
        </IconButton>
        <Menu position="bottom-end" width={240}>
          <Menu.Target>
            <IconButton label="More" isFramed disabled={isNew}>
              <IconDots size={17} />
            </IconButton>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item component="a" href={`/knowledge-export/article/${article.id}`} download>
              Download as Markdown
            </Menu.Item>
            {canDiscard && <Menu.Item onClick={() => void discard()}>Discard changes</Menu.Item>}
            {article.published && <Menu.Item onClick={() => void unpublish()}>Unpublish</Menu.Item>}
            <Menu.Item color="red" onClick={() => setSure(true)}>
              Delete…
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        {(!article.published || isChanged) && (
          <Button look="primary" isBusy={isBusy} disabled={theirs !== null} onClick={() => void publish()}>
            {article.published ? 'Publish changes' : 'Publish'}
          </Button>
        )}
      </header>
      <div className="article__column">
        {isSure && (
          <Notice
            tone="warn"
            action={
              <span className="form-actions">
                <Button size="small" look="danger" isBusy={removing.loading} onClick={() => void onRemove()}>
                  Delete for ever
                </Button>
                <Button size="small" onClick={() => setSure(false)}>
                  Keep
                </Button>
              </span>
            }
          >
            The article goes with all its versions and with what it has learnt. There is no way back.
          </Notice>
        )}
        {state.kind === 'FAILED' && (
          <Notice
            tone="bad"
            action={
              state.isGone && (
                <Button size="small" isBusy={isBusy} onClick={() => void saveAsNew()}>
                  Save as a new article
                </Button>
              )
            }
          >
            {state.message} {state.isKept ? 'Your changes are kept.' : 'Your words are kept in this browser.'}
          </Notice>
        )}
        {theirs && (
          <OtherStateNotice
            theirs={theirs}
            values={values}
            onKeep={draft.keepMine}
            onTake={() => void giveWay(draft.takeTheirs, 'The other state stands here now.')}
          />
        )}
        {(article.unpublishedChanges ?? article).linkProblems.map(({ link, message }) => (
          <Notice key={link} tone="warn">
            Look at the link “{link}”. {message}
          </Notice>
        ))}
        <TextInput
          label="Title"
          classNames={{ input: 'article__title' }}
          dir="auto"
          maxLength={300}
          value={values.title}
          ref={titleRef}
          onChange={(event) => change({ title: event.currentTarget.value })}
        />
        <Textarea
          label="Summary"
          description="One or two sentences, shown in lists and in search."
          autosize
          minRows={2}
          maxLength={500}
          dir="auto"
          value={values.summary}
          onChange={(event) => change({ summary: event.currentTarget.value })}
        />
        <Suspense fallback={<SkeletonLines count={8} />}>
          <ArticleBody
            key={draft.revision}
            initial={values.body}
            language={values.language}
            onChange={(body) => change({ body })}
          />
        </Suspense>
        <TagsInput
          label="Keywords"
          description="Words that people may use for the matter. They count as much as the title."
          splitChars={[',', ';']}
          maxTags={50}
          acceptValueOnBlur
          value={[...values.keywords]}
          onChange={(keywords) => change({ keywords })}
        />
        <div className="form-row">
          <Select
            className="field-wide"
            label="Category"
            placeholder="None"
            clearable
            data={categories}
            value={values.categoryId}
            onChange={(categoryId) => change({ categoryId })}
          />
          <Select
            className="field-wide"
            label="Language"
            searchable
            allowDeselect={false}
            data={languageChoices(values.language)}
            value={values.language}
            onChange={(language) => language && change({ language })}
          />
          <Select
            className="field-wide"
            label="Visible for"
            allowDeselect={false}
            data={[
              { value: 'all', label: 'End users and staff' },
              { value: 'staff', label: 'Staff only' },
            ]}
            value={values.staffOnly ? 'staff' : 'all'}
            onChange={(choice) => change({ staffOnly: choice === 'staff' })}
          />
        </div>
        {base?.staffOnly && <p className="second">The whole base is for staff only.</p>}
        <Figures article={article} />
      </div>
      {open === 'versions' && (
        <VersionsDrawer
          article={article}
          values={values}
          onRestored={(restored) => {
            const said = 'The earlier state is back. What stood there is kept as a version.';
            void giveWay(() => {
              draft.replaceBy(restored);
              return true;
            }, said);
            setOpen(null);
            onListChanged();
          }}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'preview' && (
        <PreviewDrawer
          article={article}
          isBehind={draft.isBehind}
          isHidden={base?.staffOnly ?? false}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}
