import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { useMemo, useSyncExternalStore } from 'react';
import { activeTenant, api, downloadUrl, upload } from '@/api/client';
import { useGet, useList, useRefresh } from '@/api/queries';
import type { Audience, Competence, CourseAssigned, CourseDetail, CourseFile, CourseItem, CourseLearner, CourseLevel, LessonItem, LessonKind, LessonReported, LessonStanding, MyCourse, PlanDetail, PlanHead, Uuid } from '@/api/types';
import { useMe, useRight } from '@/app/session';
import { merged, Outbox, type Report } from './outbox';

export const useCourses = (filter: { q: string | null; competence: string | null; state: string | null; open: boolean | null }) => useList<CourseItem>('/courses', { ...filter });

export const useCourse = (id: Uuid) => useGet<CourseDetail>(`/courses/${id}`);

export const useMyCourses = () => useGet<{ items: MyCourse[] }>('/courses/mine');

export const useLearners = (id: Uuid) => useList<CourseLearner>(`/courses/${id}/learners`);

export const useFiles = (id: Uuid, enabled: boolean) => useGet<{ items: CourseFile[] }>(`/courses/${id}/files`, {}, { enabled });

/** Where a picture, video or file of a course is. */
export const fileUrl = (course: Uuid, file: Uuid) => downloadUrl(`/courses/${course}/files/${file}`);

export interface CourseValues {
  title: string;
  description: string;
  competence: Competence;
  level: CourseLevel;
  valid_until: string | null;
  plan_item?: Uuid | null;
}

/** The items of the plans in force, by plan: what a course may serve. */
export function usePlanItems() {
  const reads = useRight('plan:read');
  const plans = useList<PlanHead>('/plans', { state: 'approved' }, { enabled: reads });
  return useQueries({
    queries: plans.items.map(({ id }) => ({ queryKey: [`/plans/${id}`, {}, activeTenant()], queryFn: () => api.get<PlanDetail>(`/plans/${id}`) })),
    combine: (found) => found.flatMap(({ data }) => (data ? [{ title: data.content.title, items: data.content.items.flatMap(({ id, title, competence }) => (id ? [{ id, title, competence }] : [])) }] : [])),
  });
}

export function useSaveCourse(course: CourseItem | null) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (values: CourseValues) => {
      const body = { ...values, description: values.description ?? '', valid_until: values.valid_until || null, plan_item: values.plan_item ?? null };
      return course ? api.patch<CourseDetail>(`/courses/${course.id}`, { ...body, version: course.version }) : api.post<CourseDetail>('/courses', body);
    },
    onSuccess: () => refresh('/courses'),
  });
}

export function usePublish(course: CourseItem) {
  const refresh = useRefresh();
  const to = (word: 'publish' | 'withdraw') => () => api.post<CourseDetail>(`/courses/${course.id}/${word}`, { version: course.version });
  const onSuccess = () => refresh('/courses');
  return { publish: useMutation({ mutationFn: to('publish'), onSuccess }), withdraw: useMutation({ mutationFn: to('withdraw'), onSuccess }) };
}

export interface LessonValues {
  title: string;
  kind: LessonKind;
  body: string;
  file: Uuid | null;
  length_s: number | null;
  minutes: number;
  required: boolean;
}

export function useSaveLesson(course: Uuid, lesson: LessonItem | null) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ kind, ...values }: LessonValues) =>
      lesson ? api.patch(`/courses/${course}/lessons/${lesson.id}`, { ...values, version: lesson.version }) : api.post(`/courses/${course}/lessons`, { ...values, kind }),
    onSuccess: () => refresh('/courses'),
  });
}

export function useLessons(course: CourseItem) {
  const refresh = useRefresh();
  const onSuccess = () => refresh('/courses');
  const remove = useMutation({ mutationFn: (lesson: Uuid) => api.delete(`/courses/${course.id}/lessons/${lesson}`), onSuccess });
  const order = useMutation({ mutationFn: (lessons: Uuid[]) => api.put(`/courses/${course.id}/order`, { lessons, version: course.version }), onSuccess });
  return { remove, order };
}

export function useUpload(course: Uuid, onProgress: (sent: number, total: number) => void) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (file: File) => upload<CourseFile>(`/courses/${course}/files`, file, onProgress),
    onSuccess: () => refresh(`/courses/${course}/files`),
  });
}

export function useRemoveFile(course: Uuid) {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (file: Uuid) => api.delete(`/courses/${course}/files/${file}`), onSuccess: () => refresh(`/courses/${course}/files`) });
}

export function useAssign(course: Uuid) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (values: { audience: Audience; due: string | null }) => api.post<CourseAssigned>(`/courses/${course}/assign`, values),
    onSuccess: () => refresh('/courses'),
  });
}

export function useStart(course: Uuid) {
  const refresh = useRefresh();
  return useMutation({ mutationFn: () => api.post<CourseDetail>(`/courses/${course}/start`), onSuccess: () => refresh('/courses', '/home') });
}

// ---- how far one is ----------------------------------------------------------------------

const boxes = new Map<string, Outbox>();

/** One outbox for each person and organisation: who shares a phone reports for himself only. */
function useOutbox(): Outbox {
  const me = useMe();
  const client = useQueryClient();
  const key = `kexun.progress.${me.tenant.slug}.${me.person.id}`;
  return useMemo(() => {
    const known = boxes.get(key);
    if (known) return known;
    const slug = me.tenant.slug;
    const made = new Outbox(key, async (course, lesson, report) => {
      // Requests speak of the tenant that is open now.
      if ((activeTenant() ?? slug) !== slug) throw new Error('another organisation is open');
      const answer = await api.put<LessonReported>(`/courses/${course}/lessons/${lesson}/progress`, report);
      client.setQueriesData<CourseDetail>({ queryKey: [`/courses/${course}`] }, (known) => known && reported(known, lesson, answer));
      if (answer.course.state === 'done' || answer.lesson.done) void client.invalidateQueries({ queryKey: ['/courses/mine'] });
    });
    boxes.set(key, made);
    void made.flush();
    return made;
  }, [key, me.tenant.slug, client]);
}

function reported(detail: CourseDetail, lesson: Uuid, answer: LessonReported): CourseDetail {
  return {
    ...detail,
    course: { ...detail.course, learning: answer.course },
    lessons: detail.lessons.map((one) => (one.id === lesson ? { ...one, standing: answer.lesson } : one)),
  };
}

/** Reports of a course, and what is known of its lessons: by the server, or by this device alone as yet. */
export function useProgress(course: Uuid) {
  const box = useOutbox();
  useSyncExternalStore(box.subscribe, box.version);
  return {
    stuck: box.isStuck(),
    report: (lesson: Uuid, report: Report) => void box.add(course, lesson, report),
    standing: (lesson: LessonItem): LessonStanding => {
      const waiting = box.of(course, lesson.id);
      if (!waiting) return lesson.standing;
      // Whether a video is done the server decides.
      return merged(lesson.standing, { ...waiting, done: waiting.done && lesson.kind !== 'video' });
    },
  };
}
