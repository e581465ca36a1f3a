import { type GraphiQLPlugin, useEditorContext } from '@graphiql/react';
import { parse } from 'graphql';
import { flushSync } from 'react-dom';
import { ask, endpoint } from './endpoint';
import { type Example, groups, written } from './examples';
import { filled, idsOf, idsQuery } from './ids';

const Examples = () => {
  const open = useOpen();
  return (
    <section className="hillside-examples" aria-label="Examples">
      <h2>Examples</h2>
      <p>
        One for each field that <code>{endpoint}</code> answers. Each opens in a tab
        <span className="hillside-keys">; Ctrl+Enter runs it</span>.
      </p>
      {groups.map(({ title, examples }) => (
        <section key={title}>
          <h3>{title}</h3>
          <ul>
            {examples.map((example) => (
              <li key={example.title}>
                <button type="button" disabled={open === undefined} onClick={() => void open?.(example)}>
                  {example.title} <code>{rootOf(example)}</code>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
};

/** The field that an example is about. */
const rootOf = ({ query }: Example): string => {
  const [operation] = parse(query).definitions;
  const field = operation && 'selectionSet' in operation && operation.selectionSet?.selections[0];
  return field && 'name' in field ? field.name.value : '';
};

/** Opens an example in a new tab, or shows the tab in which it still stands as it was; once the editors are there. */
const useOpen = () => {
  const { tabs, addTab, changeTab, updateActiveTabValues, queryEditor, variableEditor, headerEditor } =
    useEditorContext({ nonNull: true });
  if (queryEditor === null || variableEditor === null || headerEditor === null) return undefined;
  return async (example: Example) => {
    const there = tabs.findIndex(({ query }) => query === example.query);
    if (there >= 0) {
      changeTab(there);
    } else {
      const { query } = example;
      const variables = written(example.variables && filled(example.variables, await ids()));
      const headers = written(example.headers);
      // The new tab empties the editors once React gets to it, which has to be before they are filled.
      flushSync(addTab);
      updateActiveTabValues({ query, variables, headers });
      queryEditor.setValue(query);
      variableEditor.setValue(variables);
      headerEditor.setValue(headers);
    }
    // A finger would get a keyboard over half of the screen.
    if (matchMedia('(pointer: fine)').matches) queryEditor.focus();
  };
};

let asked: ReturnType<typeof askIds> | undefined;
const askIds = async () => idsOf((await ask({ query: idsQuery })).data);
/** Asked once; without an answer an example keeps its placeholders, and the next one asks again. */
const ids = () => {
  asked ??= askIds();
  return asked.catch(() => {
    asked = undefined;
    return {};
  });
};

const Icon = () => (
  <svg aria-hidden="true" viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
    <path d="M3 4.5h1M7 4.5h10M3 10h1M7 10h10M3 15.5h1M7 15.5h10" />
  </svg>
);

export const EXAMPLES_PLUGIN: GraphiQLPlugin = { title: 'Examples', icon: Icon, content: Examples };
