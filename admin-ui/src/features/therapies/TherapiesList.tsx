export const TherapiesList = () => (
  <main>
    <h1>TherapiesList</h1>
  </main>
);
