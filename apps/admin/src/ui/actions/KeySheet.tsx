import { Modal } from '@mantine/core';
import { useCurrentActions } from './registry.ts';
import './palette.css';

/** Every key that works on this screen. */
export function KeySheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const actions = useCurrentActions().filter((action) => action.keys?.length);
  const groups = [...new Set(actions.map((action) => action.group))];
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title="Keys on this screen"
      size={640}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="key-sheet">
        {groups.map((group) => (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            <dl>
              {actions
                .filter((action) => action.group === group)
                .map((action) => (
                  <div key={action.id}>
                    <dt>{action.label}</dt>
                    <dd>
                      {action.keys?.map((key) => (
                        <kbd className="kbd" key={key}>
                          {key}
                        </kbd>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
