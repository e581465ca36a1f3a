import { DOC_EXPLORER_PLUGIN, DocExplorerContextProvider } from '@graphiql/plugin-doc-explorer';
import { GraphiQLProvider, useEditorContext, usePluginStore, useSchemaStore } from '@graphiql/react';
import { GraphiQL, GraphiQLInterface } from 'graphiql';
import { type ExecutionResult, printSchema } from 'graphql';
import { type ComponentProps, useEffect, useState } from 'react';
import { EXAMPLES_PLUGIN } from './Examples';
import { ask } from './endpoint';
import { groups, written } from './examples';
import { begin, storage } from './storage';

const plugins = [EXAMPLES_PLUGIN, DOC_EXPLORER_PLUGIN];
const first = groups[0]?.examples[0];
const firstTabs = [{ query: first?.query ?? '', variables: written(first?.variables) }];
if (firstTabs[0]) begin(firstTabs[0]);

// An answer's errors are JSON; the type is that of errors which graphql-js made itself.
const fetcher: ComponentProps<typeof GraphiQLProvider>['fetcher'] = async (question, options) =>
  (await ask(question, options?.headers)) as ExecutionResult;

/**
 * GraphiQL for the public schema, with examples.
 *
 * Version 4, with CodeMirror, though 5 is out: its editor (Monaco) and three workers are 7 MB of files, more than the
 * whole admin may have, and make styles without a nonce, which the policy refuses.
 *
 * It is put together here rather than taken as `<GraphiQL>` to leave out the history, which would keep every header (a
 * preview token) and every variable (what somebody writes in confidence) in the browser's storage.
 */
export const Graphiql = () => (
  <GraphiQLProvider
    fetcher={fetcher}
    plugins={plugins}
    referencePlugin={DOC_EXPLORER_PLUGIN}
    visiblePlugin={EXAMPLES_PLUGIN}
    defaultTabs={firstTabs}
    defaultQuery=""
    shouldPersistHeaders={false}
    storage={storage}
  >
    <DocExplorerContextProvider>
      <Interface />
    </DocExplorerContextProvider>
  </GraphiQLProvider>
);

const Interface = () => {
  useEditors();
  useTabInView();
  // Which plugin is open is known only after the provider's first effect; the interface looks at it once, to begin with.
  const opened = usePluginStore((store) => store.plugins.length > 0);
  return (
    opened && (
      <GraphiQLInterface defaultEditorToolsVisibility="variables" showPersistHeadersSettings={false}>
        <GraphiQL.Logo>
          <SchemaLink />
        </GraphiQL.Logo>
      </GraphiQLInterface>
    )
  );
};

/** The schema as a file, for code generators; written from what the server just answered. */
const SchemaLink = () => {
  const schema = useSchemaStore((store) => store.schema);
  const [href, setHref] = useState<string>();
  useEffect(() => {
    if (!schema) return;
    const url = URL.createObjectURL(new Blob([printSchema(schema), '\n'], { type: 'text/plain;charset=utf-8' }));
    setHref(url);
    return () => URL.revokeObjectURL(url);
  }, [schema]);
  return (
    <>
      <h1 className="hillside-title">
        Hillside <span>GraphiQL</span>
      </h1>
      {href && (
        <a className="hillside-schema" href={href} download="schema.graphql">
          Schema (SDL)
        </a>
      )}
    </>
  );
};

/** Names the editors for those who do not see them, lets the Tab key leave them, and breaks lines that are too long. */
const useEditors = () => {
  const { queryEditor, variableEditor, headerEditor, responseEditor } = useEditorContext({ nonNull: true });
  useEffect(() => {
    const named = { Query: queryEditor, Variables: variableEditor, Headers: headerEditor, Answer: responseEditor };
    for (const [name, editor] of Object.entries(named)) {
      editor?.getInputField().setAttribute('aria-label', name);
      editor?.addKeyMap({ Tab: false, 'Shift-Tab': false });
      editor?.setOption('lineWrapping', true);
    }
  }, [queryEditor, variableEditor, headerEditor, responseEditor]);
};

/** Of many tabs shows the one that is open. */
const useTabInView = () => {
  const { activeTabIndex } = useEditorContext({ nonNull: true });
  useEffect(() => {
    const tab = document.getElementById(`graphiql-session-tab-${activeTabIndex}`);
    tab?.parentElement?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [activeTabIndex]);
};
