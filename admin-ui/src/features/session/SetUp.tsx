export const SetUp = () => (
  <main>
    <h1>SetUp</h1>
  </main>
);
