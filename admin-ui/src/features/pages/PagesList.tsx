export const PagesList = () => (
  <main>
    <h1>PagesList</h1>
  </main>
);
