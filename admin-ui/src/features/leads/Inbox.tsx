export const Inbox = () => (
  <main>
    <h1>Inbox</h1>
  </main>
);
