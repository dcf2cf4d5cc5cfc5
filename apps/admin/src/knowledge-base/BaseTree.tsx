import { useMutation } from '@apollo/client/react';
import { Menu } from '@mantine/core';
import { IconBook2, IconDots, IconFolder, IconFolderPlus, IconLock } from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { explain } from '../apollo/errors.ts';
import {
  type BaseFieldsFragment,
  type CategoryFieldsFragment,
  DeleteArticleCategoryDocument,
  MoveArticleCategoryDocument,
} from '../gql/graphql.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { formatCount } from '../ui/format.ts';
import { sayDone, sayFailed } from '../ui/undo.tsx';
import { CategoryDialog } from './CategoryDialog.tsx';
import { type CategoryMove, DEEPEST, dropOf, stepOf, treeLines } from './category-tree.ts';
import type { KnowledgeSearch } from './knowledge-search.ts';

type Direction = 'up' | 'down' | 'in' | 'out';

interface BaseTreeProps {
  bases: readonly BaseFieldsFragment[];
  base: BaseFieldsFragment;
  search: KnowledgeSearch;
  onSearch: (part: KnowledgeSearch) => void;
  onChanged: () => void;
  /** What can be done with a base. */
  menuOf: (base: BaseFieldsFragment) => React.ReactNode;
}

const steps: { direction: Direction; label: string; key: string }[] = [
  { direction: 'up', label: 'Move up', key: 'ArrowUp' },
  { direction: 'down', label: 'Move down', key: 'ArrowDown' },
  { direction: 'in', label: 'Move inwards', key: 'ArrowRight' },
  { direction: 'out', label: 'Move outwards', key: 'ArrowLeft' },
];

/** Moves and deletes categories; what the server refuses is said, and the tree stays as it was. */
function useCategoryMoves(base: BaseFieldsFragment, onChanged: () => void) {
  const [send] = useMutation(MoveArticleCategoryDocument);
  const [remove] = useMutation(DeleteArticleCategoryDocument);
  const move = async (category: CategoryFieldsFragment, to: CategoryMove | null) => {
    if (!to) return;
    try {
      await send({ variables: { input: { categoryId: category.id, ...to } } });
      onChanged();
    } catch (error) {
      sayFailed(`“${category.name}” is where it was. ${explain(error).message}`);
    }
  };
  return {
    move,
    step: (category: CategoryFieldsFragment, direction: Direction) =>
      move(category, stepOf(base.categories, category.id, direction)),
    remove: async (category: CategoryFieldsFragment) => {
      try {
        await remove({ variables: { input: { categoryId: category.id } } });
        sayDone(`“${category.name}” is gone. What stood in it moved one level up.`);
        onChanged();
      } catch (error) {
        sayFailed(`“${category.name}” is still here. ${explain(error).message}`);
      }
    },
  };
}

interface CategoryMenuProps {
  category: CategoryFieldsFragment;
  categories: readonly CategoryFieldsFragment[];
  depth: number;
  onRename: () => void;
  onAdd: () => void;
  onStep: (direction: Direction) => void;
  onDelete: () => void;
}

/** What can be done with a category. It is made when it is first opened: a tree may have hundreds of lines. */
function CategoryMenu({ category, categories, depth, onRename, onAdd, onStep, onDelete }: CategoryMenuProps) {
  const [isMade, setMade] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const face = { label: `More for ${category.name}`, className: 'tree__more' };
  // The button of the menu takes the place and the focus of the plain one; closing gives the focus back to it.
  useEffect(() => {
    if (!isMade) return;
    button.current?.focus();
    setOpen(true);
  }, [isMade]);
  if (!isMade) {
    return (
      <IconButton {...face} aria-haspopup="menu" aria-expanded={false} onClick={() => setMade(true)}>
        <IconDots size={15} />
      </IconButton>
    );
  }
  return (
    <Menu position="bottom-end" width={220} opened={isOpen} onChange={setOpen}>
      <Menu.Target>
        <IconButton {...face} ref={button}>
          <IconDots size={15} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        {isOpen && (
          <>
            <Menu.Item onClick={onRename}>Rename…</Menu.Item>
            {depth < DEEPEST && <Menu.Item onClick={onAdd}>New category in it…</Menu.Item>}
            <Menu.Divider />
            {steps.map(({ direction, label }) => (
              <Menu.Item
                key={direction}
                disabled={!stepOf(categories, category.id, direction)}
                onClick={() => onStep(direction)}
              >
                {label}
              </Menu.Item>
            ))}
            <Menu.Divider />
            <Menu.Item color="red" onClick={onDelete}>
              Delete, keep its articles
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The bases, and the categories of the open one as a tree: arrows walk in it, Alt with an arrow moves, and so do the mouse
 * and a menu. */
export function BaseTree({ bases, base, search, onSearch, onChanged, menuOf }: BaseTreeProps) {
  const { move, step, remove } = useCategoryMoves(base, onChanged);
  const [edited, setEdited] = useState<{ category: CategoryFieldsFragment | null; parentId: string | null } | null>(
    null,
  );
  const [target, setTarget] = useState<{ id: string; isInto: boolean } | null>(null);
  const dragged = useRef<CategoryFieldsFragment | null>(null);
  const place = useRef<HTMLUListElement>(null);
  const lines = useMemo(() => treeLines(base.categories), [base.categories]);
  const chosen = search.category ?? '';
  const open = (category: string | undefined) => onSearch({ category, article: undefined });

  const onKeyDown = (event: KeyboardEvent, category: CategoryFieldsFragment | null) => {
    const wanted = steps.find(({ key }) => key === event.key);
    if (event.altKey && wanted && category) void step(category, wanted.direction);
    else if (!event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      const all = [...(place.current?.querySelectorAll<HTMLElement>('.tree__line') ?? [])];
      all[all.indexOf(event.currentTarget as HTMLElement) + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
    } else if (event.key === 'F2' && category) setEdited({ category, parentId: category.parentId });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onDragOver = (event: DragEvent, category: CategoryFieldsFragment) => {
    const moved = dragged.current;
    if (!moved) return;
    const box = event.currentTarget.getBoundingClientRect();
    const isInto = event.clientY - box.top > box.height / 3;
    const isAllowed = dropOf(base.categories, moved.id, category.id, isInto) !== null;
    if (isAllowed) event.preventDefault();
    setTarget(isAllowed ? { id: category.id, isInto } : null);
  };
  const onDrop = (event: DragEvent, category: CategoryFieldsFragment) => {
    event.preventDefault();
    const moved = dragged.current;
    if (moved && target) void move(moved, dropOf(base.categories, moved.id, category.id, target.isInto));
    dragged.current = null;
    setTarget(null);
  };

  return (
    <nav className="knowledge__tree" aria-label="Bases and categories">
      {bases.map((each) => (
        <div key={each.id} className="tree__base">
          <div className="tree__row">
            <button
              type="button"
              className="tree__base-name"
              aria-current={each.id === base.id ? 'true' : undefined}
              onClick={() => onSearch({ base: each.id, category: undefined, article: undefined, q: undefined })}
            >
              {each.staffOnly ? (
                <IconLock size={16} aria-label="Staff only" />
              ) : (
                <IconBook2 size={16} aria-hidden="true" />
              )}
              <span dir="auto">{each.name}</span>
              <span className="spacer" />
              <span className="second">{formatCount(each.articleCount)}</span>
            </button>
            {menuOf(each)}
          </div>
          {each.usedAs.map((use) => (
            <p key={use} className="badge badge--blue tree__use">
              Used as: {use}
            </p>
          ))}
          {each.id === base.id && (
            <>
              <ul className="tree" ref={place} aria-label={`Categories of ${each.name}`}>
                <li>
                  <button
                    type="button"
                    className="tree__line"
                    aria-current={chosen === '' ? 'true' : undefined}
                    onKeyDown={(event) => onKeyDown(event, null)}
                    onClick={() => open(undefined)}
                  >
                    All articles
                  </button>
                </li>
                {lines.map(({ category, depth }) => (
                  <li key={category.id} className="tree__row" style={{ paddingInlineStart: (depth - 1) * 14 }}>
                    <button
                      type="button"
                      className="tree__line"
                      aria-current={chosen === category.id ? 'true' : undefined}
                      aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Alt+ArrowRight Alt+ArrowLeft F2"
                      data-drop={target?.id === category.id ? (target.isInto ? 'into' : 'before') : undefined}
                      draggable
                      onDragStart={() => {
                        dragged.current = category;
                      }}
                      onDragEnd={() => setTarget(null)}
                      onDragOver={(event) => onDragOver(event, category)}
                      onDrop={(event) => onDrop(event, category)}
                      onKeyDown={(event) => onKeyDown(event, category)}
                      onClick={() => open(category.id)}
                    >
                      <IconFolder size={15} aria-hidden="true" />
                      <span className="visually-hidden">Level {depth}:</span>
                      <span className="tree__name" dir="auto">
                        {category.name}
                      </span>
                      <span className="spacer" />
                      <span className="second">{formatCount(category.articleCount)}</span>
                    </button>
                    <CategoryMenu
                      category={category}
                      categories={base.categories}
                      depth={depth}
                      onRename={() => setEdited({ category, parentId: category.parentId })}
                      onAdd={() => setEdited({ category: null, parentId: category.id })}
                      onStep={(direction) => void step(category, direction)}
                      onDelete={() => {
                        if (chosen === category.id) open(undefined);
                        void remove(category);
                      }}
                    />
                  </li>
                ))}
                {lines.length > 0 && (
                  <li>
                    <button
                      type="button"
                      className="tree__line second"
                      aria-current={chosen === 'none' ? 'true' : undefined}
                      onKeyDown={(event) => onKeyDown(event, null)}
                      onClick={() => open('none')}
                    >
                      Without a category
                    </button>
                  </li>
                )}
              </ul>
              <Button
                look="plain"
                size="small"
                icon={<IconFolderPlus size={15} aria-hidden="true" />}
                onClick={() => setEdited({ category: null, parentId: null })}
              >
                New category
              </Button>
            </>
          )}
        </div>
      ))}
      {edited && (
        <CategoryDialog
          knowledgeBaseId={base.id}
          category={edited.category}
          parentId={edited.parentId}
          onClose={() => setEdited(null)}
          onSaved={onChanged}
        />
      )}
    </nav>
  );
}
