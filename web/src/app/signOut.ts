import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { feedback } from './feedback';
import { api } from '@/api/client';
import { useProblemText } from '@/components/problem';
import { forgetTenant } from './session';

/** Ends this session, or all of the person's, and returns to the sign-in page. */
export function useSignOut() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const problem = useProblemText();
  return useMutation({
    mutationFn: (everywhere: boolean) => api.delete(everywhere ? '/sessions' : '/session'),
    onSuccess: async () => {
      forgetTenant();
      await navigate('/sign-in');
      client.clear();
    },
    onError: (error) => feedback.error(problem(error)),
  });
}
