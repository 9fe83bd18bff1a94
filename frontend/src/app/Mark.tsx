/** The product's mark: a vault wheel with a key stone. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" fill="currentColor" aria-hidden="true">
      {[0, 60, 120, 180, 240, 300].map((turn) => (
        <path key={turn} transform={`rotate(${turn} 16 16)`} d="M14.6 1h2.8v4h-2.8z" />
      ))}
      <path
        fillRule="evenodd"
        d="M16 4.5a11.5 11.5 0 1 1 0 23 11.5 11.5 0 0 1 0-23Zm0 2.4a9.1 9.1 0 1 0 0 18.2 9.1 9.1 0 0 0 0-18.2Z"
      />
      <path fillRule="evenodd" d="m16 9.2 6.8 6.8-6.8 6.8L9.2 16Zm0 4.3L13.5 16l2.5 2.5 2.5-2.5Z" />
    </svg>
  );
}
