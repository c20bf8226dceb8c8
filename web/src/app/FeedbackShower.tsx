import { App } from 'antd';
import { useEffect } from 'react';
import { setShower } from './feedback';

function Register() {
  const { message, modal } = App.useApp();
  useEffect(() => {
    setShower({ message, modal });
    return () => setShower(null);
  }, [message, modal]);
  return null;
}

/** Ant Design's messages and questions, in our theme. */
export default function FeedbackShower() {
  return (
    <App component={false}>
      <Register />
    </App>
  );
}
