--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: agent_account; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.agent_account (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    number integer NOT NULL,
    name character varying NOT NULL,
    staff_id uuid,
    version integer NOT NULL
);


--
-- Name: api_token; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.api_token (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    person_id uuid NOT NULL,
    name character varying NOT NULL,
    secret_hash bytea NOT NULL,
    rights text NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint,
    last_used_at bigint
);


--
-- Name: conversation; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.conversation (
    row_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    born bigint NOT NULL,
    died bigint NOT NULL,
    id uuid NOT NULL,
    shop_id uuid NOT NULL,
    group_hash uuid NOT NULL,
    source_id character varying,
    customer_id uuid,
    customer_no integer NOT NULL,
    channel character varying NOT NULL,
    started_at bigint NOT NULL,
    ended_at bigint NOT NULL,
    first_day integer NOT NULL,
    last_day integer NOT NULL,
    spans boolean NOT NULL,
    messages integer NOT NULL,
    rounds integer NOT NULL,
    answered integer NOT NULL,
    first_response_s integer,
    slowest_s integer,
    score integer,
    timeline bytea NOT NULL,
    outcome bytea NOT NULL,
    imports bytea NOT NULL
);


--
-- Name: credential; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.credential (
    person_id uuid NOT NULL,
    password_hash character varying NOT NULL,
    demo boolean NOT NULL,
    changed_at bigint NOT NULL
);


--
-- Name: customer; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.customer (
    row_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    born bigint NOT NULL,
    died bigint NOT NULL,
    shop_id uuid NOT NULL,
    number integer NOT NULL,
    name character varying,
    name_hash uuid NOT NULL,
    wrapped_key bytea,
    erased boolean NOT NULL
);


--
-- Name: event; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.event (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    seq bigint,
    at bigint NOT NULL,
    kind character varying NOT NULL,
    actor_kind character varying NOT NULL,
    actor_id uuid,
    subject_kind character varying NOT NULL,
    subject_id uuid NOT NULL,
    data text,
    data_hash bytea NOT NULL,
    caused_by uuid,
    hash bytea
);


--
-- Name: event_chain; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.event_chain (
    tenant_id uuid NOT NULL,
    length bigint NOT NULL,
    head bytea NOT NULL,
    sealed_at bigint NOT NULL
);


--
-- Name: idempotency_key; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.idempotency_key (
    owner uuid NOT NULL,
    key character varying NOT NULL,
    request character varying NOT NULL,
    status integer NOT NULL,
    body text NOT NULL,
    at bigint NOT NULL
);


--
-- Name: import; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.import (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    number integer NOT NULL,
    kind character varying NOT NULL,
    file_name character varying NOT NULL,
    options text NOT NULL,
    state character varying NOT NULL,
    bytes_total bigint NOT NULL,
    bytes_read bigint NOT NULL,
    rows bigint NOT NULL,
    imported bigint NOT NULL,
    unchanged bigint NOT NULL,
    rejected bigint NOT NULL,
    warnings text NOT NULL,
    header text NOT NULL,
    error_code character varying,
    error_detail text,
    from_day integer,
    to_day integer,
    actor_id uuid,
    created_at bigint NOT NULL,
    finished_at bigint,
    version integer NOT NULL
);


--
-- Name: import_rejection; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.import_rejection (
    import_id uuid NOT NULL,
    "row" bigint NOT NULL,
    "column" character varying,
    code character varying NOT NULL,
    reason text NOT NULL,
    reason_zh text NOT NULL,
    cells text NOT NULL
);


--
-- Name: job; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.job (
    id uuid NOT NULL,
    tenant_id uuid,
    kind character varying NOT NULL,
    payload text NOT NULL,
    state character varying NOT NULL,
    attempts integer NOT NULL,
    run_at bigint NOT NULL,
    leased_until bigint NOT NULL,
    last_error text,
    created_at bigint NOT NULL
);


--
-- Name: kpi_day; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.kpi_day (
    row_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    born bigint NOT NULL,
    died bigint NOT NULL,
    shop_id uuid NOT NULL,
    day integer NOT NULL,
    scope character varying NOT NULL,
    number integer NOT NULL,
    figures bytea NOT NULL
);


--
-- Name: kpi_target; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.kpi_target (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    key character varying NOT NULL,
    shop_id uuid NOT NULL,
    target double precision,
    version integer NOT NULL
);


--
-- Name: lease; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.lease (
    name character varying NOT NULL,
    holder uuid NOT NULL,
    until bigint NOT NULL
);


--
-- Name: notice; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.notice (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind character varying NOT NULL,
    params text NOT NULL,
    link character varying,
    created_at bigint NOT NULL,
    read_at bigint,
    mailed_at bigint
);


--
-- Name: person; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.person (
    id uuid NOT NULL,
    login character varying NOT NULL,
    name character varying NOT NULL,
    email character varying,
    phone character varying,
    locale character varying NOT NULL,
    created_at bigint NOT NULL,
    version integer NOT NULL
);


--
-- Name: published_edition; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.published_edition (
    tenant_id uuid NOT NULL,
    edition bigint NOT NULL,
    staged bigint NOT NULL
);


--
-- Name: seaql_migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.seaql_migrations (
    version character varying NOT NULL,
    applied_at bigint NOT NULL
);


--
-- Name: session; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.session (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    secret_hash bytea NOT NULL,
    user_agent character varying NOT NULL,
    created_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    expires_at bigint NOT NULL
);


--
-- Name: shop; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.shop (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    number integer NOT NULL,
    code character varying NOT NULL,
    name character varying NOT NULL,
    zone character varying NOT NULL,
    zones text NOT NULL,
    version integer NOT NULL
);


--
-- Name: sign_in_attempt; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sign_in_attempt (
    key character varying NOT NULL,
    failures integer NOT NULL,
    last_at bigint NOT NULL
);


--
-- Name: staff; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.staff (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    person_id uuid NOT NULL,
    account character varying NOT NULL,
    name character varying NOT NULL,
    shop_id uuid,
    team_id uuid,
    level character varying NOT NULL,
    "position" character varying NOT NULL,
    joined_on integer,
    version integer NOT NULL
);


--
-- Name: staff_grant; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.staff_grant (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    role character varying NOT NULL,
    shop_id uuid,
    team_id uuid
);


--
-- Name: staff_position; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.staff_position (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    from_day integer NOT NULL,
    shop_id uuid,
    team_id uuid,
    level character varying NOT NULL,
    "position" character varying NOT NULL
);


--
-- Name: team; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.team (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    shop_id uuid NOT NULL,
    number integer NOT NULL,
    name character varying NOT NULL,
    gone boolean NOT NULL,
    version integer NOT NULL
);


--
-- Name: tenant; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tenant (
    id uuid NOT NULL,
    slug character varying NOT NULL,
    name character varying NOT NULL,
    kind character varying NOT NULL,
    parent_id uuid,
    version integer NOT NULL
);


--
-- Name: transcript; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.transcript (
    row_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    born bigint NOT NULL,
    died bigint NOT NULL,
    packed bytea NOT NULL
);


--
-- Data for Name: agent_account; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.agent_account VALUES ('01a20255-35d7-7a91-be72-adbf9fb38d6f', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 'admin', '01a20255-35ba-7ff6-a6a7-bbdb7acdc3dd', 2);
INSERT INTO public.agent_account VALUES ('01a20255-36ff-760b-8104-a9e4354aade7', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 'ops', '01a20255-36f9-7200-bce4-e93e096d8e3b', 2);
INSERT INTO public.agent_account VALUES ('01a20255-38a0-7894-9810-414c61a35dc6', '01a20255-34f4-720f-a00c-ea54313cba06', 3, 'boss', '01a20255-381e-7322-8d89-0a4260e3e00b', 2);
INSERT INTO public.agent_account VALUES ('01a20255-3968-7396-a1ae-a6d4402020da', '01a20255-34f4-720f-a00c-ea54313cba06', 4, 'zhao', '01a20255-395a-7329-9d50-d48c9a0449e6', 2);
INSERT INTO public.agent_account VALUES ('01a20255-39fa-7e00-a55e-6c01d235c492', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 'qian', '01a20255-39f8-7898-ae72-2dd520d714e6', 2);
INSERT INTO public.agent_account VALUES ('01a20255-3a90-7697-a7fa-361828afd71f', '01a20255-34f4-720f-a00c-ea54313cba06', 6, 'sun', '01a20255-3a84-759f-9a72-6d901819acb7', 2);


--
-- Data for Name: api_token; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.api_token VALUES ('01a20255-3fa6-7487-9f9a-beb8758e8309', '01a20255-34f4-720f-a00c-ea54313cba06', '01a20255-35b8-707f-9842-2c2f38e6aed8', 'fixture', '\xa00257c434769c37843f63aaba37a1df7f3038ca44d50be64beb3c3cdd5b414e', '["org:read","org:write","staff:read","staff:write","role:write","audit:read","job:read","token:write","import:read","import:write","kpi:read","target:write","conversation:read","conversation:unmask","customer:erase","weak_spot:read","notice:read"]', 1795335471014334, 1803111471012238, 1795335471271999);


--
-- Data for Name: conversation; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.conversation VALUES ('01a20255-3b13-7991-ac44-76ccd4b7f563', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b12-77a7-a489-4391f74672bb', '01a20255-3b0a-73fa-95c4-6dd444ea6b82', '79af57e9-dcf5-12de-fb0f-61cee47ff451', 'k5', '01a20255-3b11-7ef2-aada-f12e67ef0163', 6, 'chat', 1780725900000000, 1780725959000000, 20610, 20610, false, 5, 2, 1, 35, 35, NULL, '\x0105e088f788350a98017d07c001', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3b13-7868-bf70-3c9ff3bac8d4', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b12-7b53-9a90-f45a6e815a32', '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 'acdafe50-4f93-69d9-aa49-9d25c78a47e2', 'k23', '01a20255-3b11-7ef2-aada-f12e67ef0163', 6, 'chat', 1781245380000000, 1781245439000000, 20616, 20616, false, 5, 2, 1, 53, 53, NULL, '\x0105a0dcf48a350a98018d020730', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3b13-796b-8ca3-f7f218a8f46d', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b12-7b6e-a01b-a935fd1dacf6', '01a20255-3b0a-73fa-95c4-6dd444ea6b82', '613ba7ab-185a-34ad-0d6c-45fb62c25a26', 'k15', '01a20255-3b11-7f74-b21c-50f7d136a7c3', 7, 'chat', 1780557300000000, 1780557359000000, 20608, 20608, false, 5, 2, 1, 45, 45, NULL, '\x0105a0dfa488350a9801cd010570', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3b13-7a8e-8d41-71cff4542f63', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b13-7ed5-a52b-921f16125a67', '01a20255-3b0a-73fa-95c4-6dd444ea6b82', '99640911-44fb-2cc9-e8b9-30f5659837c2', 'k11', '01a20255-3b11-7fda-9e1e-5f7bfbb44664', 3, 'chat', 1781233860000000, 1781233919000000, 20616, 20616, false, 5, 2, 1, 41, 41, NULL, '\x0105a08cef8a350a9801ad01079001', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3b13-72a5-a54b-21d4c4cfc097', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b13-74c6-986c-06d0b38ba158', '01a20255-3b0a-73fa-95c4-6dd444ea6b82', '56853f60-1d1a-f553-81ea-a08bac8585d9', 'k9', '01a20255-3b11-7c3e-8324-7cc604bf8bbd', 1, 'chat', 1781053740000000, 1781053799000000, 20614, 20614, false, 5, 2, 1, 39, 39, NULL, '\x0105e092978a350a98019d0105a001', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3b13-73b8-93ff-8235ebb0857b', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b13-7d09-b405-dcd57bb89ccd', '01a20255-3b0a-73fa-95c4-6dd444ea6b82', '9653ad7c-202a-bb24-06cf-d88dba079dc3', 'k7', '01a20255-3b11-74ce-b3f0-6a74350b7ca8', 8, 'chat', 1780906020000000, 1780906079000000, 20612, 20612, false, 5, 2, 1, 37, 37, NULL, '\x0105a082cf89350a98018d0106b001', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3b13-7c83-923a-0da0aac2b8cf', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b13-73cf-90d8-2a3a2419cd22', '01a20255-3b0a-73fa-95c4-6dd444ea6b82', '42244e85-4f8a-d4f1-58b2-2a4a743b5931', 'k21', '01a20255-3b11-7246-bf5b-803d68c14a9d', 4, 'chat', 1781065260000000, 1781065319000000, 20614, 20614, false, 5, 2, 1, 51, 51, NULL, '\x0105e0e29c8a350a9801fd010540', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3b13-72b5-9edc-b1ff9e1097e2', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b13-7e0f-bc53-d78d1c1e3df6', '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 'fd028164-dc13-cbde-37b2-7cdf5086a4ca', 'k13', '01a20255-3b11-71a7-b7d2-79b86be5541b', 5, 'chat', 1780377180000000, 1780377239000000, 20606, 20606, false, 5, 2, 1, 43, 43, NULL, '\x0105e0e5cc87350a9801bd01068001', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3b13-70fd-86a4-782b2a39fe68', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b13-7f8e-812c-6e9620959ad3', '01a20255-3b0a-73fa-95c4-6dd444ea6b82', '7760be4e-7cf2-3329-1b55-5cfda55bc2e3', 'k17', '01a20255-3b11-7441-b575-02ffe1dcd632', 9, 'chat', 1780737420000000, 1780737479000000, 20610, 20610, false, 5, 2, 1, 47, 47, NULL, '\x0105e0d8fc88350a9801dd010760', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3b13-76f7-950e-bb47c2b9762f', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b13-703a-827e-bfd1c8b2882e', '01a20255-3b0a-73fa-95c4-6dd444ea6b82', '34609086-6cf3-ccfe-598e-88b7e36a9a9e', 'k19', '01a20255-3b11-7bc6-bb22-5e568e31da57', 2, 'chat', 1780885140000000, 1780885199000000, 20612, 20612, false, 5, 2, 1, 49, 49, NULL, '\x0105a0e9c489350a9801ed010650', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3b13-7cf3-bfd1-833f75aa849f', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b13-76f4-851e-204176e5c463', '01a20255-3b0a-73fa-95c4-6dd444ea6b82', '3c0c3042-8aae-a33e-a76f-a86d90d6c973', 'k3', '01a20255-3b11-7246-bf5b-803d68c14a9d', 4, 'chat', 1780545780000000, 1780545839000000, 20608, 20608, false, 5, 2, 1, 33, 33, NULL, '\x0105a08f9f88350a98016d05d001', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3b13-71d3-85c4-a94f70424b91', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b12-741c-90a3-706d7da76245', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 'd42c53fc-b822-5993-17a0-578d9cd069ed', 'k0', '01a20255-3b11-735b-845c-aeeb2ca5e5d1', 10, 'chat', 1780275600000000, 1780275659000000, 20605, 20605, false, 5, 2, 1, 30, 30, NULL, '\x010580999b87350a98015505e801', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3b13-7c62-a07b-c56001a060de', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b12-71a3-a701-1fc35e1b216e', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', '5c480fc6-2231-f325-af64-5c590c2706bf', 'k20', '01a20255-3b11-7f53-9d1c-1ae35537cceb', 12, 'chat', 1780975200000000, 1780975259000000, 20613, 20613, false, 5, 2, 1, 50, 50, NULL, '\x010580e6f089350a9801f5010748', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3b13-7c6e-9ca1-f1d422329958', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b12-7100-ac59-b4484fd9e022', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 'f0026583-8ef4-80bd-e7b7-9a42614e5046', 'k8', '01a20255-3b11-76c6-b7b9-f8d5ef74a72e', 18, 'chat', 1780996080000000, 1780996139000000, 20613, 20613, false, 5, 2, 1, 38, 38, NULL, '\x010580fffa89350a9801950107a801', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3b13-7ea0-bdbe-cb34413df58f', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b12-7253-b451-209854d9e099', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', '5e2a7708-8b03-708a-4991-976d8e73a799', 'k22', '01a20255-3b11-7536-ae5d-952b2a3e4741', 14, 'chat', 1781155320000000, 1781155379000000, 20615, 20615, false, 5, 2, 1, 52, 52, NULL, '\x0105c0dfc88a350a980185020638', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3b13-76f2-8249-77822450f854', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b12-76ae-a852-6f92c8f27bd1', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', '0cb3613f-9358-64e0-5c53-da1b5fe11221', 'k16', '01a20255-3b11-7986-969c-d21a82358106', 17, 'chat', 1780647360000000, 1780647419000000, 20609, 20609, false, 5, 2, 1, 46, 46, NULL, '\x010580dcd088350a9801d5010668', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3b13-77ae-9436-acd39f1abccf', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b12-7745-9d4f-69fc714759eb', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', '29ae4e51-567e-b9c9-633e-84dd445031c6', 'k10', '01a20255-3b11-7e66-989b-9b38a8dc95bf', 11, 'chat', 1781143800000000, 1781143859000000, 20615, 20615, false, 5, 2, 1, 40, 40, NULL, '\x0105c08fc38a350a9801a501069801', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3b13-72fb-9faa-e17cd3033f30', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b12-768f-b823-117cefacae16', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 'c7022090-14a7-5183-aa1d-a9fd65012aaf', 'k14', '01a20255-3b11-7128-bcc8-476a3c68d4cb', 15, 'chat', 1780467240000000, 1780467299000000, 20607, 20607, false, 5, 2, 1, 44, 44, NULL, '\x0105c0e2f887350a9801c5010778', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3b13-7838-9c68-0a9b51552056', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b12-7b8b-ad6a-021bf8f4f71c', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', '843c569a-df09-729e-0026-51296ad0027f', 'k18', '01a20255-3b11-735b-845c-aeeb2ca5e5d1', 10, 'chat', 1780795080000000, 1780795139000000, 20611, 20611, false, 5, 2, 1, 48, 48, NULL, '\x0105c0ec9889350a9801e5010558', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3b13-75e4-a05b-f60fe21d0009', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b12-7b6a-ad69-e16c94573195', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 'a5e6107c-a420-f38f-bb03-a74ecb6a7c03', 'k2', '01a20255-3b11-7f53-9d1c-1ae35537cceb', 12, 'chat', 1780455720000000, 1780455779000000, 20607, 20607, false, 5, 2, 1, 32, 32, NULL, '\x0105c092f387350a98016507d801', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3b13-7895-a689-a35b12f839f1', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b12-7f55-89f5-5113fe430525', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 'e6f1190e-6620-d479-7eea-946c927ef560', 'k4', '01a20255-3b11-7536-ae5d-952b2a3e4741', 14, 'chat', 1780635840000000, 1780635899000000, 20609, 20609, false, 5, 2, 1, 34, 34, NULL, '\x0105808ccb88350a98017506c801', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3b13-701c-ba4a-fee323e5b6f6', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 3, '01a20255-3b13-7e03-915e-f012095ff849', '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 'fa6603a6-059c-f495-e91e-a4d34e75beff', 'k1', '01a20255-3b11-7bc6-bb22-5e568e31da57', 2, 'chat', 1780365660000000, 1780365719000000, 20606, 20606, false, 5, 2, 1, 31, 31, NULL, '\x0105e095c787350a98015d06e001', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3b13-7834-adfd-299a833e7d3f', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b12-7071-a7fa-bd2971626736', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', '79088286-18fd-49a4-8cd6-f84cbed8d6ba', 'k12', '01a20255-3b11-747e-ae62-6371c7b3b448', 13, 'chat', 1780287120000000, 1780287179000000, 20605, 20605, false, 5, 2, 1, 42, 42, NULL, '\x010580e9a087350a9801b501058801', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3b13-7756-998a-919ca4820afc', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b12-7f44-afe9-7c71dca0c675', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 'e354e2cd-0113-2fc6-deba-0e275dbd279d', 'k6', '01a20255-3b11-79c1-9907-ea42d0ce286f', 16, 'chat', 1780815960000000, 1780816019000000, 20611, 20611, false, 5, 2, 1, 36, 36, NULL, '\x0105c085a389350a9801850105b801', '\x00000000', '\x01');
INSERT INTO public.conversation VALUES ('01a20255-3c1b-7ae6-89f9-5d125145cac9', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '01a20255-3b12-741c-90a3-706d7da76245', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 'd42c53fc-b822-5993-17a0-578d9cd069ed', 'k0', '01a20255-3b11-735b-845c-aeeb2ca5e5d1', 10, 'chat', 1780275600000000, 1780275659000000, 20605, 20605, false, 5, 2, 1, 30, 30, 1, '\x010580999b87350a98015505e801', '\x00000001c0e0eaa10d01', '\x0102');
INSERT INTO public.conversation VALUES ('01a20255-3c1b-78ed-a762-d81a3cd46bcc', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '01a20255-3b12-71a3-a701-1fc35e1b216e', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', '5c480fc6-2231-f325-af64-5c590c2706bf', 'k20', '01a20255-3b11-7f53-9d1c-1ae35537cceb', 12, 'chat', 1780975200000000, 1780975259000000, 20613, 20613, false, 5, 2, 1, 50, 50, 1, '\x010580e6f089350a9801f5010748', '\x00000001c090bfa20d01', '\x0102');
INSERT INTO public.conversation VALUES ('01a20255-3c1b-70e6-a75a-9bdcba0e0d8a', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '01a20255-3b12-7100-ac59-b4484fd9e022', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 'f0026583-8ef4-80bd-e7b7-9a42614e5046', 'k8', '01a20255-3b11-76c6-b7b9-f8d5ef74a72e', 18, 'chat', 1780996080000000, 1780996139000000, 20613, 20613, false, 5, 2, 1, 38, 38, 4, '\x010580fffa89350a9801950107a801', '\x00000001c090bfa20d04', '\x0102');
INSERT INTO public.conversation VALUES ('01a20255-3c1b-72a8-8100-456487e13064', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '01a20255-3b12-7253-b451-209854d9e099', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', '5e2a7708-8b03-708a-4991-976d8e73a799', 'k22', '01a20255-3b11-7536-ae5d-952b2a3e4741', 14, 'chat', 1781155320000000, 1781155379000000, 20615, 20615, false, 5, 2, 1, 52, 52, 3, '\x0105c0dfc88a350a980185020638', '\x00000001c09cd4a20d03', '\x0102');
INSERT INTO public.conversation VALUES ('01a20255-3c1b-74c4-8c1b-746d50dd6f22', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '01a20255-3b12-76ae-a852-6f92c8f27bd1', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', '0cb3613f-9358-64e0-5c53-da1b5fe11221', 'k16', '01a20255-3b11-7986-969c-d21a82358106', 17, 'chat', 1780647360000000, 1780647419000000, 20609, 20609, false, 5, 2, 1, 46, 46, 2, '\x010580dcd088350a9801d5010668', '\x00000001c0f894a20d02', '\x0102');
INSERT INTO public.conversation VALUES ('01a20255-3c1b-7935-b117-18060d01567d', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '01a20255-3b12-7745-9d4f-69fc714759eb', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', '29ae4e51-567e-b9c9-633e-84dd445031c6', 'k10', '01a20255-3b11-7e66-989b-9b38a8dc95bf', 11, 'chat', 1781143800000000, 1781143859000000, 20615, 20615, false, 5, 2, 1, 40, 40, 1, '\x0105c08fc38a350a9801a501069801', '\x00000001c09cd4a20d01', '\x0102');
INSERT INTO public.conversation VALUES ('01a20255-3c1b-7628-bac2-c7de5fbe7e5a', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '01a20255-3b12-768f-b823-117cefacae16', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 'c7022090-14a7-5183-aa1d-a9fd65012aaf', 'k14', '01a20255-3b11-7128-bcc8-476a3c68d4cb', 15, 'chat', 1780467240000000, 1780467299000000, 20607, 20607, false, 5, 2, 1, 44, 44, 5, '\x0105c0e2f887350a9801c5010778', '\x00000001c0ecffa10d05', '\x0102');
INSERT INTO public.conversation VALUES ('01a20255-3c1b-7db3-b472-56deaa06c6cf', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '01a20255-3b12-7b8b-ad6a-021bf8f4f71c', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', '843c569a-df09-729e-0026-51296ad0027f', 'k18', '01a20255-3b11-735b-845c-aeeb2ca5e5d1', 10, 'chat', 1780795080000000, 1780795139000000, 20611, 20611, false, 5, 2, 1, 48, 48, 4, '\x0105c0ec9889350a9801e5010558', '\x00000001c084aaa20d04', '\x0102');
INSERT INTO public.conversation VALUES ('01a20255-3c1b-76c1-bd63-5a4674d9ecc0', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '01a20255-3b12-7b6a-ad69-e16c94573195', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 'a5e6107c-a420-f38f-bb03-a74ecb6a7c03', 'k2', '01a20255-3b11-7f53-9d1c-1ae35537cceb', 12, 'chat', 1780455720000000, 1780455779000000, 20607, 20607, false, 5, 2, 1, 32, 32, 3, '\x0105c092f387350a98016507d801', '\x00000001c0ecffa10d03', '\x0102');
INSERT INTO public.conversation VALUES ('01a20255-3c1b-7c44-8941-26a1ee61e6c3', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '01a20255-3b12-7f55-89f5-5113fe430525', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 'e6f1190e-6620-d479-7eea-946c927ef560', 'k4', '01a20255-3b11-7536-ae5d-952b2a3e4741', 14, 'chat', 1780635840000000, 1780635899000000, 20609, 20609, false, 5, 2, 1, 34, 34, 5, '\x0105808ccb88350a98017506c801', '\x00000001c0f894a20d05', '\x0102');
INSERT INTO public.conversation VALUES ('01a20255-3c1b-794c-8263-a3db607246e0', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '01a20255-3b12-7071-a7fa-bd2971626736', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', '79088286-18fd-49a4-8cd6-f84cbed8d6ba', 'k12', '01a20255-3b11-747e-ae62-6371c7b3b448', 13, 'chat', 1780287120000000, 1780287179000000, 20605, 20605, false, 5, 2, 1, 42, 42, 3, '\x010580e9a087350a9801b501058801', '\x00000001c0e0eaa10d03', '\x0102');
INSERT INTO public.conversation VALUES ('01a20255-3c1b-7e3a-9158-85aa6f6847f7', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '01a20255-3b12-7f44-afe9-7c71dca0c675', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 'e354e2cd-0113-2fc6-deba-0e275dbd279d', 'k6', '01a20255-3b11-79c1-9907-ea42d0ce286f', 16, 'chat', 1780815960000000, 1780816019000000, 20611, 20611, false, 5, 2, 1, 36, 36, 2, '\x0105c085a389350a9801850105b801', '\x00000001c084aaa20d02', '\x0102');
INSERT INTO public.conversation VALUES ('01a20255-3e10-7780-9eaa-f2f74caaf1c4', '01a20255-34f4-720f-a00c-ea54313cba06', 3, 9223372036854775807, '01a20255-3b13-7e03-915e-f012095ff849', '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 'fa6603a6-059c-f495-e91e-a4d34e75beff', 'k1', '01a20255-3b11-7bc6-bb22-5e568e31da57', 2, 'chat', 1780365660000000, 1780365719000000, 20606, 20606, false, 5, 2, 1, 31, 31, NULL, '\x0105e095c787350a98015d06e001', '\xa1f2f8d006010000', '\x0103');
INSERT INTO public.conversation VALUES ('01a20255-3f29-7a98-a032-838a8d615abd', '01a20255-34f4-720f-a00c-ea54313cba06', 4, 9223372036854775807, '01a20255-3f29-778e-b104-b710c2b5d853', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', '76c926f5-0564-c7a2-7578-d43303835803', 'x2', '01a20255-3b11-7e66-989b-9b38a8dc95bf', 11, 'chat', 1781920800000000, 1781920800000000, 20624, 20624, false, 1, 1, 0, NULL, NULL, NULL, '\x010180c2be8d35', '\x00000000', '\x04');


--
-- Data for Name: credential; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.credential VALUES ('01a20255-35b8-707f-9842-2c2f38e6aed8', '$argon2id$v=19$m=19456,t=2,p=1$iOmGNSLt1k5KmXFmUywWgw$6Q8t4/hSkECUi1B9wIVxDzYGo8aZfEllnCbdctbc8u8', false, 1795335468524296);
INSERT INTO public.credential VALUES ('01a20255-36f8-7e38-a80c-ca2b2e1aa629', '$argon2id$v=19$m=19456,t=2,p=1$3G6x6jLIQDFoKQxCTNKkcg$P09nnlaVS2BJfT7cLjc53qLjGz4pZC37Ie8RpiWX6zk', false, 1795335468801717);
INSERT INTO public.credential VALUES ('01a20255-3806-7e50-b54b-bca0bbf7f345', '$argon2id$v=19$m=19456,t=2,p=1$UkjrThfhzcvRsYPvlFOHAw$09h9Z8sfS8+6r7vyV55DJ61DLAV3fH2IvLkvp/bvSLg', false, 1795335469303888);
INSERT INTO public.credential VALUES ('01a20255-3959-7abc-b7a1-14f1240cf582', '$argon2id$v=19$m=19456,t=2,p=1$vY8nM95IskD9QpAVei7qkA$IUL2IzQd1hicZLnoKwkFbQE4hbUU92gftxT8I6wxia0', false, 1795335469423375);
INSERT INTO public.credential VALUES ('01a20255-39f3-7136-bc28-50ce7202e1bf', '$argon2id$v=19$m=19456,t=2,p=1$HEbSbU2pfA2ChnTaRh3zQA$2m+TZllpGemsWgTMhejMxhvVWCYxevmY4UWBjODith4', false, 1795335469572113);
INSERT INTO public.credential VALUES ('01a20255-3a80-7f7c-809b-b88f92f06945', '$argon2id$v=19$m=19456,t=2,p=1$FYLaxI14MHPDfaTgEREs8A$W0JyxwZI1pkhEA6wIZD1vrsNgs3PbUr0Z4IgxozIyLk', false, 1795335469717922);


--
-- Data for Name: customer; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.customer VALUES ('01a20255-3b11-735b-845c-aeeb2ca5e5d1', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 10, '客户0', '06fd2750-ee15-ef42-685b-8b92681d66c8', '\x576b7c391a4c717d5b6a861d596d1216cc44c3726ee18cc90f978c5a252a8a7c6715ac199f5862330af0a65189b9e1fde7aa01d3c7a9ebbae34a7ded1a4be2f5524186258225fb97', false);
INSERT INTO public.customer VALUES ('01a20255-3b11-7f53-9d1c-1ae35537cceb', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 12, '客户2', 'c749c91f-3a52-26a1-e6a5-8baaf1574118', '\x76d3da92e94ce6ab0494d7c8fcafa8be2828da5c3b0dcdf99d22458c54e430494ccb08c11deabf0bcfe52bc704f35063bbf75d2b65ff661018b63aaaa6e5fdc626f50b737df160be', false);
INSERT INTO public.customer VALUES ('01a20255-3b11-76c6-b7b9-f8d5ef74a72e', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 18, '客户8', 'fe78baab-ca07-05d4-c9a8-0e400452782e', '\x1041850c41c1ad7a38bb906675638469b27fcaf656b775434fafdfacccdc416873dae77aeedb9d30228acc301374ef2e7ff53ad389a138f3039dbcbad1f832f5340a1ffbf38892c3', false);
INSERT INTO public.customer VALUES ('01a20255-3b11-7536-ae5d-952b2a3e4741', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 14, '客户4', 'aea16001-4913-e7b8-894d-f2bbb91bfeee', '\x81dddcd695640c14929ac7ff2fb4f08b415d3f05932c8b96693b11058733e2332d0f4c5005b97dc38155c4a907d2cca229a19be7ac0b5c512b962113cd581e26e976f17603754b89', false);
INSERT INTO public.customer VALUES ('01a20255-3b11-7986-969c-d21a82358106', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 17, '客户7', 'a4ade596-3e83-cdf8-f9d1-c02c7c825b3a', '\x6f8784c0c3d6d80ff65e60573333bce38758698a1471845881d336487ced1410d04dba22efa2b7a1c94505833f80c846b527924a374449cda7e780bf670045cedfd5a89e92f3a316', false);
INSERT INTO public.customer VALUES ('01a20255-3b11-7e66-989b-9b38a8dc95bf', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 11, '客户1', 'aa2b36f4-a829-9ab4-1613-5f86536a4a22', '\x59612effe46bdeefd115d0a8a77057fdd2b057b5c46d3cd0676d796d6b3e69bfa401c5cb41a069a87c19165610589fc6c0d498f21c3bc92636e951a1890c121cb40ebfff5aaa306c', false);
INSERT INTO public.customer VALUES ('01a20255-3b11-7128-bcc8-476a3c68d4cb', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 15, '客户5', 'e138b1c3-1c86-8427-2776-8d21cbe8f476', '\xb83273bf9b8a8cbb4685b01c5a615c371f6f0e29fbfc4eefe3e46b767a8cd0956fa5e63b501ef62112a0939975f3dd1962f2aea8be79d9e84f9688d9cbc1d5b621dac0ad6a65c7b0', false);
INSERT INTO public.customer VALUES ('01a20255-3b11-747e-ae62-6371c7b3b448', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 13, '客户3', '6b72e2eb-1b1a-84e9-f88a-2fbdb31a53e4', '\x084b8b26c67546d571d089cf2e03a5c29fc48b56c6a6e9d629788a1ecea2a6f1654512dab39b43117d700c69b6c658df284952cbe65436f215f4a0ba748bcc6301d4779d441f2112', false);
INSERT INTO public.customer VALUES ('01a20255-3b11-79c1-9907-ea42d0ce286f', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 16, '客户6', 'a4d7cff1-4c91-743f-adc4-38722417c841', '\x83c4881a91a9072b918b19596b158e22c8155fe99407f6b97831d2fbaeedb86eac44c0d5f2588671cd7ec48f7f7ec792638aab82e923ac2da071417b8ed2bed99fb4532ca7bbfda0', false);
INSERT INTO public.customer VALUES ('01a20255-3b11-7ef2-aada-f12e67ef0163', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 6, '客户5', 'e1094c3e-d8d4-0ba7-8af2-27d16bb393fe', '\x75e478abbc1bb2d00e5aa4316e59f8ad4b1bbe5a04ee0ab74a11598a45f79e740f067c1ffaeee7ae650a6559a155911411b14caac95a95a6a3218f5be9d22c5490e352c46b84a692', false);
INSERT INTO public.customer VALUES ('01a20255-3b11-7f74-b21c-50f7d136a7c3', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 7, '客户6', '5599e0f1-c2c7-51ac-f487-3e4645aa3104', '\x4142deb4f6ac18189777059ef7bdf0e0d5c9496d5a53643f0e34fe3727e69c1f2395ef7bf6aad7e2507813e22f46a032f80bb0806b91afa60a7adab5048ac2029a2cb27802a0d6c0', false);
INSERT INTO public.customer VALUES ('01a20255-3b11-7bc6-bb22-5e568e31da57', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 2, '客户1', 'a7814b02-a353-1265-b95d-02e8c6ae4e54', '\xdfba8a520f5b44a0c7a30596099b7acc7639b580d3e16853dc2215139ba1c0c1084d7c377cc40fda949638674d2c4a0d1309a8cf17b78ce4c3c143bd6055b786857142ef590bcfe1', false);
INSERT INTO public.customer VALUES ('01a20255-3b11-7fda-9e1e-5f7bfbb44664', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 3, '客户2', 'eb90d528-abc6-5f23-2ea4-06aa51ccf054', '\x119f967c9cc6b4ddd75353e00dde2d99eb72e27c5910e5fb3a898af63a091974a10c54da5b0427825b3cfa7b2a953a4efe299ebdd3b11ee7f85faf206efa7d0edbd271296f830e1d', false);
INSERT INTO public.customer VALUES ('01a20255-3b11-7c3e-8324-7cc604bf8bbd', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 1, '客户0', 'f4a065c5-19a2-2abe-a39c-67d16caefd8a', '\x0f878d3c8f78c71aac0d196d6526fa064282ce394c5629762b5b95b2f001b4f02b0b4c533c7dc949a003bdfc7252cda09d7063bd3a3288b63b970e65dea10347f3d46863189073bb', false);
INSERT INTO public.customer VALUES ('01a20255-3b11-74ce-b3f0-6a74350b7ca8', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 8, '客户7', '7e943c0e-e8a4-ed46-44b6-1768fb4a524f', '\xc7398696efe71091a21f91f37063bcacaffd727cf569cd006bb4a238f8f76ff719de733f948d7e64a322cf3efede96cf9881c289603d6563ed43885d8911bf0f82102ebfc644b1de', false);
INSERT INTO public.customer VALUES ('01a20255-3b11-7246-bf5b-803d68c14a9d', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 4, '客户3', '6d596fe4-cd44-4c1d-ca42-2bbba7849807', '\x40e29496169747fac20c8fb6de8ba4805b517fff444d366af071bb976f6f7a89bec900987dc2ab4b746ad3f99e314a9522cd52b3e0f38c2134497c248a5c17b89f5e0ed48729a001', false);
INSERT INTO public.customer VALUES ('01a20255-3b11-71a7-b7d2-79b86be5541b', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 5, '客户4', '826a53ac-959b-f111-77c9-82ab30b75aa6', '\xcbe039a077fbae899085c43066e6081f0d202712597dcec9f8d17900fb44ffe6de35c92dc8722e69f77918b9d63a7f26cfca1851459cc11a32a1437773226d70127b1a17515be746', false);
INSERT INTO public.customer VALUES ('01a20255-3b11-7441-b575-02ffe1dcd632', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 9, '客户8', '4a36e8f7-7036-6b4e-e9b3-1664d5bfe2b1', '\x1b6a35e8f7966039326e8ce1f14cb1fd1fc462e6b16127294826d9211b783a1e04508ef13f99536c582bec45e97bba66deaec7608c36ae23cf2ee67d66e7c915c8629960f5ec673e', false);


--
-- Data for Name: event; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event VALUES ('01a20255-34f8-7645-8d0c-877263f7623a', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 1795335468280104, 'tenant.created', 'operator', NULL, 'tenant', '01a20255-34f4-720f-a00c-ea54313cba06', '{"kind":"company","name":"某某旗舰店","slug":"acme"}', '\x626dcb3c6c8e271765aa5210881fea2280e0df6072a639b31ad5951be0abdc2c', NULL, '\x345feb058ead7dfc0cc117f6b7bb01e8d262d59445b704a61a53389ae23f991e');
INSERT INTO public.event VALUES ('01a20255-35d9-7483-8166-78a2bd41188c', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 1795335468505949, 'staff.created', 'operator', NULL, 'staff', '01a20255-35ba-7ff6-a6a7-bbdb7acdc3dd', '{"account":"admin","joined_on":null,"level":"","name":"admin","position":"","shop_id":null,"team_id":null}', '\x55947d029284c07b75a9108d8a89df603d1644f1639bc25fb6630f6a05dd7986', NULL, '\x7b24c483d7cf20c3a2a5c2a2d5a6b2d3017d29aba6701fff8c2fabc81dab3879');
INSERT INTO public.event VALUES ('01a20255-35e5-74ab-b539-d78a942b87cd', '01a20255-34f4-720f-a00c-ea54313cba06', 3, 1795335468517953, 'role.granted', 'operator', NULL, 'staff', '01a20255-35ba-7ff6-a6a7-bbdb7acdc3dd', '{"role":"admin","shop_id":null,"team_id":null}', '\xfb318627f4e07ec93359e2d136e77a3be5f9e372912ce7c6e6698034139977bb', NULL, '\x82d6b6cebbf3bf9b9e99b92d81378fe6f757cac1099f24ebc1761be91fc0459c');
INSERT INTO public.event VALUES ('01a20255-35f2-7742-9f3f-eb618683687a', '01a20255-34f4-720f-a00c-ea54313cba06', 4, 1795335468530348, 'password.set', 'operator', NULL, 'person', '01a20255-35b8-707f-9842-2c2f38e6aed8', '{}', '\x6e46dd10defc9b56c29a6ec56b508c21f54c08192194e4df25bf36f0c9c3c279', NULL, '\xed79071e58ba6086e3e13ee2aa5aa5faca1767a5107a7f71072678c17de524ff');
INSERT INTO public.event VALUES ('01a20255-3700-77bd-b0dd-8d7eade2395f', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 1795335468800100, 'staff.created', 'operator', NULL, 'staff', '01a20255-36f9-7200-bce4-e93e096d8e3b', '{"account":"ops","joined_on":null,"level":"","name":"ops","position":"","shop_id":null,"team_id":null}', '\xbe5af980bfddea9bc269b91c31487a1f7d583145fca1397769b3141329602c57', NULL, '\x354e3d8b32d00f6952a8d1cdeed354c3badcc7d35d6c94456cd63414b4d37aee');
INSERT INTO public.event VALUES ('01a20255-3701-7a40-9175-14a1c43763bc', '01a20255-34f4-720f-a00c-ea54313cba06', 6, 1795335468801610, 'role.granted', 'operator', NULL, 'staff', '01a20255-36f9-7200-bce4-e93e096d8e3b', '{"role":"operations","shop_id":null,"team_id":null}', '\x818c4183e44e10a15d5e104edc6ec7265f3f38f0492a18a02a22f16502685983', NULL, '\xba1d3c80b9c3ec1feb5e3ccb1809ee50754c21b2b607e6cdef867c90246d75b1');
INSERT INTO public.event VALUES ('01a20255-3702-7ad9-9517-0cf34148cb51', '01a20255-34f4-720f-a00c-ea54313cba06', 7, 1795335468802366, 'password.set', 'operator', NULL, 'person', '01a20255-36f8-7e38-a80c-ca2b2e1aa629', '{}', '\x6e46dd10defc9b56c29a6ec56b508c21f54c08192194e4df25bf36f0c9c3c279', NULL, '\x953415b9054ee595b4aab1e09564bee2de18d33e1465c49b2fea4ac16ab6cecc');
INSERT INTO public.event VALUES ('01a20255-38cd-7e58-980a-92a1772244ab', '01a20255-34f4-720f-a00c-ea54313cba06', 8, 1795335469261539, 'staff.created', 'operator', NULL, 'staff', '01a20255-381e-7322-8d89-0a4260e3e00b', '{"account":"boss","joined_on":null,"level":"","name":"boss","position":"","shop_id":null,"team_id":null}', '\x9881aaf7bcae2fbcb8d823bc09a81e74315ab0ffa27209ecf6ef6e678900ea8b', NULL, '\x252bd547609529bb796150066b47ed4ef6553209e6779dc7050845b4ef4e167e');
INSERT INTO public.event VALUES ('01a20255-38f7-7f73-bc87-f793aaa37054', '01a20255-34f4-720f-a00c-ea54313cba06', 9, 1795335469303688, 'role.granted', 'operator', NULL, 'staff', '01a20255-381e-7322-8d89-0a4260e3e00b', '{"role":"director","shop_id":null,"team_id":null}', '\x9056112f3db2b8d11e2e3896e4657a8d0a3fcf8fa55bf7ca3a7a1ad0a8ac922f', NULL, '\x25a36de62c9e58f83789a444b5ed4e3f23350adbedf76f5bba7fc5d679e35c3e');
INSERT INTO public.event VALUES ('01a20255-38f8-72dd-bcd7-86ec17f67b6b', '01a20255-34f4-720f-a00c-ea54313cba06', 10, 1795335469304864, 'password.set', 'operator', NULL, 'person', '01a20255-3806-7e50-b54b-bca0bbf7f345', '{}', '\x6e46dd10defc9b56c29a6ec56b508c21f54c08192194e4df25bf36f0c9c3c279', NULL, '\xc1c4434e9a743701551cb47fce64a09e32c360fe9f8521fcf415f63605ddc79a');
INSERT INTO public.event VALUES ('01a20255-3969-7ed1-bc6b-6b45fb760aff', '01a20255-34f4-720f-a00c-ea54313cba06', 11, 1795335469417358, 'staff.created', 'operator', NULL, 'staff', '01a20255-395a-7329-9d50-d48c9a0449e6', '{"account":"zhao","joined_on":null,"level":"","name":"zhao","position":"","shop_id":null,"team_id":null}', '\x18df99aab83b39b7000f9fea9c26356715cd632b1122ee81d39f23e366c4a2b3', NULL, '\x6ff2ccfc9cee2198e1c8a5c6dd1a33c8ae595fcf31d47d1e641e030dc7ef25ac');
INSERT INTO public.event VALUES ('01a20255-396e-773f-849e-f6e1a8a3d9a8', '01a20255-34f4-720f-a00c-ea54313cba06', 12, 1795335469422514, 'role.granted', 'operator', NULL, 'staff', '01a20255-395a-7329-9d50-d48c9a0449e6', '{"role":"agent","shop_id":null,"team_id":null}', '\x1c1e1bbdfd8d540a412b73823ca89874372629a98bf51dcb35019c20c4c8a005', NULL, '\xf68ee0e84cb90727566a46bd25957af2d390a01691e1e9a02b0fd1ce795d4bb3');
INSERT INTO public.event VALUES ('01a20255-3970-7769-97f6-484c0cf7c694', '01a20255-34f4-720f-a00c-ea54313cba06', 13, 1795335469424440, 'password.set', 'operator', NULL, 'person', '01a20255-3959-7abc-b7a1-14f1240cf582', '{}', '\x6e46dd10defc9b56c29a6ec56b508c21f54c08192194e4df25bf36f0c9c3c279', NULL, '\x16fbb7ee058e762a805fe3bffbd8f2732358e1223b867f15b49fda9d14cf13d2');
INSERT INTO public.event VALUES ('01a20255-39fb-7115-b926-646bdbdf286f', '01a20255-34f4-720f-a00c-ea54313cba06', 14, 1795335469563268, 'staff.created', 'operator', NULL, 'staff', '01a20255-39f8-7898-ae72-2dd520d714e6', '{"account":"qian","joined_on":null,"level":"","name":"qian","position":"","shop_id":null,"team_id":null}', '\x477c577a23aebc34c9e5a6ad4a70ad3b7e134a407ea138ca0d3b3e3c491273bc', NULL, '\xd74ea648aaddd49cb1adcf1a0ab8748ede94ad6ebc66495ed48d1fbf08d98e84');
INSERT INTO public.event VALUES ('01a20255-3a03-7d78-99ef-f3deb4ab31fa', '01a20255-34f4-720f-a00c-ea54313cba06', 15, 1795335469571883, 'role.granted', 'operator', NULL, 'staff', '01a20255-39f8-7898-ae72-2dd520d714e6', '{"role":"agent","shop_id":null,"team_id":null}', '\x1c1e1bbdfd8d540a412b73823ca89874372629a98bf51dcb35019c20c4c8a005', NULL, '\xcf28e0965ce4b63a763ea4753c92973a4e20cc025bb03d56d1c6ca2118a6bd27');
INSERT INTO public.event VALUES ('01a20255-3a05-738d-86b3-821e5466679c', '01a20255-34f4-720f-a00c-ea54313cba06', 16, 1795335469573135, 'password.set', 'operator', NULL, 'person', '01a20255-39f3-7136-bc28-50ce7202e1bf', '{}', '\x6e46dd10defc9b56c29a6ec56b508c21f54c08192194e4df25bf36f0c9c3c279', NULL, '\x1a6c3f17e292e75f63884533d3f96a0b9ae10231cdea096d06ebe33404e1b913');
INSERT INTO public.event VALUES ('01a20255-3a91-7ff1-b70b-06f5d727f7f9', '01a20255-34f4-720f-a00c-ea54313cba06', 17, 1795335469713339, 'staff.created', 'operator', NULL, 'staff', '01a20255-3a84-759f-9a72-6d901819acb7', '{"account":"sun","joined_on":null,"level":"","name":"sun","position":"","shop_id":null,"team_id":null}', '\xdfdc392cf8ed91fbc89a81dc3bf4b1ea6877fc8ce27ff116e7a208e4919837f9', NULL, '\x58a9c44109e416fae3ed28f37e5ec410c3bcdeb36c657c4db9b8330c10a1b28c');
INSERT INTO public.event VALUES ('01a20255-3a95-7183-9e77-a6613cf97775', '01a20255-34f4-720f-a00c-ea54313cba06', 18, 1795335469717778, 'role.granted', 'operator', NULL, 'staff', '01a20255-3a84-759f-9a72-6d901819acb7', '{"role":"agent","shop_id":null,"team_id":null}', '\x1c1e1bbdfd8d540a412b73823ca89874372629a98bf51dcb35019c20c4c8a005', NULL, '\xcdd9a1a5ba2177083803c5ba471ccffbde967fdd6e0982e7e1444a6bcc41d290');
INSERT INTO public.event VALUES ('01a20255-3a96-764a-81cd-4d737a86fbbd', '01a20255-34f4-720f-a00c-ea54313cba06', 19, 1795335469718645, 'password.set', 'operator', NULL, 'person', '01a20255-3a80-7f7c-809b-b88f92f06945', '{}', '\x6e46dd10defc9b56c29a6ec56b508c21f54c08192194e4df25bf36f0c9c3c279', NULL, '\x68392e45d864715c5779396b7540d5fa48dd52e84a2aff661f9cce4488d48321');
INSERT INTO public.event VALUES ('01a20255-3ac2-76d0-a906-aae2cadf28ce', '01a20255-34f4-720f-a00c-ea54313cba06', 20, 1795335469762044, 'import.ordered', 'operator', NULL, 'import', '01a20255-3abf-71ba-a515-8930e7079015', '{"file":"a.csv","kind":"conversations","number":1}', '\x4d0794ff20a337c49784176041ca51dcfd2c7c5567e7a1a8e26bc9c92418c8dc', NULL, '\xe3f4a8301222aea176319281be99eeac8a3c4e7a94aebcd2af5b66097ec7f09f');
INSERT INTO public.event VALUES ('01a20255-3b55-75bc-9d81-959ab4f2a760', '01a20255-34f4-720f-a00c-ea54313cba06', 21, 1795335469909369, 'import.published', 'operator', NULL, 'import', '01a20255-3abf-71ba-a515-8930e7079015', '{"file":"a.csv","imported":120,"kind":"conversations","number":1,"rejected":0,"unchanged":0}', '\xe593c6ba6d5bf3f27070acdab7e89245045f3fd57eabced4ae097c8667ac95cb', NULL, '\x76375b0ecd31addc86dab80b555c70d7129852305a577f12b60c87a8b0360179');
INSERT INTO public.event VALUES ('01a20255-3b97-7589-9c2e-e98b10a83689', '01a20255-34f4-720f-a00c-ea54313cba06', 22, 1795335469975369, 'import.ordered', 'operator', NULL, 'import', '01a20255-3b8c-77f0-b6d0-1248b946cd6e', '{"file":"r.csv","kind":"ratings","number":2}', '\xf33cae98c088446f6a7da0ee40692d09b324f9faccf8fa7bfdaecd34f7713074', NULL, '\xde5b853b8c12606fe6ad9bc1943a3e15b65ab68be21199ea85ac45ac1b073b43');
INSERT INTO public.event VALUES ('01a20255-3cf0-7ba5-bb29-07ee49c5db3c', '01a20255-34f4-720f-a00c-ea54313cba06', 23, 1795335470320173, 'import.published', 'operator', NULL, 'import', '01a20255-3b8c-77f0-b6d0-1248b946cd6e', '{"file":"r.csv","imported":12,"kind":"ratings","number":2,"rejected":0,"unchanged":0}', '\xbf7059379a1164c43ab88422fabbbde6302fc19e86c7ca3b54a5ceded0ac1d9a', NULL, '\xcdff3d9e18ed70c8fe9a6c37990d104153d1c22697a833ea6791a51899661501');
INSERT INTO public.event VALUES ('01a20255-3d83-711c-877c-1d1ab7527951', '01a20255-34f4-720f-a00c-ea54313cba06', 24, 1795335470467005, 'import.ordered', 'operator', NULL, 'import', '01a20255-3d79-7c10-ac09-81528f61b32f', '{"file":"c.csv","kind":"contacts","number":3}', '\x77972bf1580e8552edde323cd1282b832e4ea9d08d05931de16cce186ee133ba', NULL, '\x75cd778e6f9ba759cf551534f2c5fcc6cf739b1d9060a5552121323521bb8d58');
INSERT INTO public.event VALUES ('01a20255-3e45-7f89-8643-d4ad189d07d4', '01a20255-34f4-720f-a00c-ea54313cba06', 25, 1795335470661620, 'import.published', 'operator', NULL, 'import', '01a20255-3d79-7c10-ac09-81528f61b32f', '{"file":"c.csv","imported":1,"kind":"contacts","number":3,"rejected":0,"unchanged":0}', '\x664216a5de8aed36b65d776e4207a31a01045d21d770a436312d3da848f4a822', NULL, '\x0bcac07ea5368a9abd74e3b0bd874143e5e2c93f2066890cad611a05ddff34f3');
INSERT INTO public.event VALUES ('01a20255-3ecd-7943-9ee8-7a6f478596d0', '01a20255-34f4-720f-a00c-ea54313cba06', 26, 1795335470797495, 'import.ordered', 'operator', NULL, 'import', '01a20255-3ecb-7bbe-a929-3ae845e14908', '{"file":"bad.csv","kind":"conversations","number":4}', '\x8775dda05ed3c1a087a9dde51c4e7bf36a4fb5abb30af8c66e714b68d60464f4', NULL, '\xab0cb7b8362bbb7bd7928fbd262a9646e5bad437f47ab9674aa0254b91b20f7d');
INSERT INTO public.event VALUES ('01a20255-3f35-7990-be93-dc71d793d31d', '01a20255-34f4-720f-a00c-ea54313cba06', 27, 1795335470901176, 'import.published', 'operator', NULL, 'import', '01a20255-3ecb-7bbe-a929-3ae845e14908', '{"file":"bad.csv","imported":1,"kind":"conversations","number":4,"rejected":1,"unchanged":0}', '\x3de0f1cc8fb38582c91c887c85587de348e1ba1b9b25f17acc779037f8a3f37b', NULL, '\xd7a6dbc684dc3d64ef545ba13ca2522cacdfd4b725e0ff679819cf2255bdcebb');
INSERT INTO public.event VALUES ('01a20255-3fa7-703b-ba03-ebe3380047c3', '01a20255-34f4-720f-a00c-ea54313cba06', 28, 1795335471015708, 'token.created', 'operator', NULL, 'token', '01a20255-3fa6-7487-9f9a-beb8758e8309', '{"expires_at":"2027-02-20T08:17:51.012238Z","name":"fixture","rights":["org:read","org:write","staff:read","staff:write","role:write","audit:read","job:read","token:write","import:read","import:write","kpi:read","target:write","conversation:read","conversation:unmask","customer:erase","weak_spot:read","notice:read"]}', '\xd19bbadf6b6cca3669c29cbcd9135bf1e5c64508b740c1ef496410ce519e2a0a', NULL, '\x1cb1bcf272bfc6b8dd73239bf6bf22bd824e03cb1b86e5ca462303847fbe7e1c');
INSERT INTO public.event VALUES ('01a20255-43d0-7a5d-9a58-4c2fed288843', '01a20255-34f4-720f-a00c-ea54313cba06', 29, 1795335472080626, 'team.created', 'person', '01a20255-35b8-707f-9842-2c2f38e6aed8', 'team', '01a20255-43d0-7bdc-8bc3-79c15607c1a3', '{"name":"甲组","shop_id":"01a20255-3b0a-7748-b2c0-cdc7b8d9cb46"}', '\x9e8d04e54446c411544856dca2d68b8c5e98c641cf0609c851a8d413660f78d9', NULL, '\x3e753fd3a92b99eceb0e586cf657cf1d00d199904b8e5cb9078e99e5520b4be1');


--
-- Data for Name: event_chain; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event_chain VALUES ('01a20255-34f4-720f-a00c-ea54313cba06', 29, '\x3e753fd3a92b99eceb0e586cf657cf1d00d199904b8e5cb9078e99e5520b4be1', 1795335476289784);


--
-- Data for Name: idempotency_key; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: import; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.import VALUES ('01a20255-3abf-71ba-a515-8930e7079015', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 'conversations', 'a.csv', '{"shop":null,"format":"auto","date_order":null,"only":null}', 'done', 7486, 7486, 120, 120, 0, 0, '[]', '["conversation_id","shop","customer","sent_at","sender","agent","text"]', NULL, NULL, 20605, 20616, NULL, 1795335469761223, 1795335469905133, 4);
INSERT INTO public.import VALUES ('01a20255-3b8c-77f0-b6d0-1248b946cd6e', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 'ratings', 'r.csv', '{"shop":null,"format":"auto","date_order":null,"only":null}', 'done', 480, 480, 12, 12, 0, 0, '[]', '["rating_id","shop","conversation_id","rated_at","score"]', NULL, NULL, 20605, 20615, NULL, 1795335469972377, 1795335470316872, 4);
INSERT INTO public.import VALUES ('01a20255-3d79-7c10-ac09-81528f61b32f', '01a20255-34f4-720f-a00c-ea54313cba06', 3, 'contacts', 'c.csv', '{"shop":null,"format":"auto","date_order":null,"only":null}', 'done', 125, 125, 1, 1, 0, 0, '[]', '["conversation_id","shop","channel","type","opened_at","closed_at","outcome"]', NULL, NULL, 20606, 20606, NULL, 1795335470466409, 1795335470659299, 4);
INSERT INTO public.import VALUES ('01a20255-3ecb-7bbe-a929-3ae845e14908', '01a20255-34f4-720f-a00c-ea54313cba06', 4, 'conversations', 'bad.csv', '{"shop":null,"format":"auto","date_order":null,"only":null}', 'done', 152, 152, 2, 1, 0, 1, '[]', '["conversation_id","shop","customer","sent_at","sender","agent","text"]', NULL, NULL, 20624, 20624, NULL, 1795335470796959, 1795335470900894, 4);


--
-- Data for Name: import_rejection; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.import_rejection VALUES ('01a20255-3ecb-7bbe-a929-3ae845e14908', 2, 'sent_at', 'not_a_time', 'not a time: yesterday', '不是时间：yesterday', '["x1","一店","客户1","yesterday","客户","","在吗"]');


--
-- Data for Name: job; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.job VALUES ('01a20255-3b59-7ac6-b18d-0102e774ae4a', '01a20255-34f4-720f-a00c-ea54313cba06', 'editions.purge', '{"tenant":"01a20255-34f4-720f-a00c-ea54313cba06"}', 'queued', 0, 1795336069913003, 0, NULL, 1795335469913013);
INSERT INTO public.job VALUES ('01a20255-3d08-78e7-a77b-26b15840b2b0', '01a20255-34f4-720f-a00c-ea54313cba06', 'editions.purge', '{"tenant":"01a20255-34f4-720f-a00c-ea54313cba06"}', 'queued', 0, 1795336070344145, 0, NULL, 1795335470344158);
INSERT INTO public.job VALUES ('01a20255-3e47-7e69-b4b5-c5a730392cab', '01a20255-34f4-720f-a00c-ea54313cba06', 'editions.purge', '{"tenant":"01a20255-34f4-720f-a00c-ea54313cba06"}', 'queued', 0, 1795336070663087, 0, NULL, 1795335470663094);
INSERT INTO public.job VALUES ('01a20255-3f35-795a-93c1-c297e80be590', '01a20255-34f4-720f-a00c-ea54313cba06', 'editions.purge', '{"tenant":"01a20255-34f4-720f-a00c-ea54313cba06"}', 'queued', 0, 1795336070901348, 0, NULL, 1795335470901353);
INSERT INTO public.job VALUES ('01a20255-4098-7b36-87d5-a27d700de89a', '01a20255-34f4-720f-a00c-ea54313cba06', 'editions.purge', '{"tenant":"01a20255-34f4-720f-a00c-ea54313cba06"}', 'queued', 0, 1795336071256649, 0, NULL, 1795335471256655);
INSERT INTO public.job VALUES ('01a20255-35e0-7b99-ac4a-96a17f857dbc', '01a20255-34f4-720f-a00c-ea54313cba06', 'kpi.recount', '{"tenant":"01a20255-34f4-720f-a00c-ea54313cba06"}', 'done', 1, 1795335468512172, 1795335501095216, NULL, 1795335468512183);


--
-- Data for Name: kpi_day; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.kpi_day VALUES ('01a20255-3b22-7846-9515-090d23aacc39', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20605, 'agent', 4, '\x01000200000000060202000404020248020106040000000000021e010c01021e010c01020a03020a030001fac102020a03020a03');
INSERT INTO public.kpi_day VALUES ('01a20255-3b22-755c-b67b-92b1a2c37f80', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20605, 'shop', 0, '\x01000200000000060202000404020248020106040000000000021e010c01021e010c01020a03020a030001fac102020a03020a03');
INSERT INTO public.kpi_day VALUES ('01a20255-3b22-72db-8c0d-422ac19e0634', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20605, 'team', 0, '\x01000200000000060202000404020248020106040000000000021e010c01021e010c01020a03020a030001fac102020a03020a03');
INSERT INTO public.kpi_day VALUES ('01a20255-3b22-7a7a-b37d-4854e6aa536b', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20607, 'agent', 6, '\x0100020000000006020200040402024c0200060400000000000220010c010220010c01020c03020c030001fec102020c03020c03');
INSERT INTO public.kpi_day VALUES ('01a20255-3b22-7f39-aef5-3405eee1abed', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20607, 'shop', 0, '\x0100020000000006020200040402024c0200060400000000000220010c010220010c01020c03020c030001fec102020c03020c03');
INSERT INTO public.kpi_day VALUES ('01a20255-3b22-7aad-91a0-53e581a3fbef', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20607, 'team', 0, '\x0100020000000006020200040402024c0200060400000000000220010c010220010c01020c03020c030001fec102020c03020c03');
INSERT INTO public.kpi_day VALUES ('01a20255-3b22-7594-8125-6cb159ce40ea', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20609, 'agent', 5, '\x010002000000000602020004040202500200060400000000000222010c010222010c01020e03020e03000182c202020e03020e03');
INSERT INTO public.kpi_day VALUES ('01a20255-3b20-7aee-ba81-c0a488e457fd', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 3, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20606, 'agent', 5, '\x0100020000000006020200040402024a020006040000000000021f010c01021f010c010202030202030001fcc102020203020203');
INSERT INTO public.kpi_day VALUES ('01a20255-3b20-723d-9800-9c368697d063', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 3, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20606, 'shop', 0, '\x0100020000000006020200040402024a020006040000000000021f010c01021f010c010202030202030001fcc102020203020203');
INSERT INTO public.kpi_day VALUES ('01a20255-3b20-7726-a360-25ea70d19587', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 3, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20606, 'team', 0, '\x0100020000000006020200040402024a020006040000000000021f010c01021f010c010202030202030001fcc102020203020203');
INSERT INTO public.kpi_day VALUES ('01a20255-3b20-7c8b-a4b5-ca028e532344', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 5, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20608, 'agent', 4, '\x0100020000000006020200040402024e0200060400000000000221010c010221010c01020403020403000180c202020403020403');
INSERT INTO public.kpi_day VALUES ('01a20255-3b20-73f2-8d5e-f610b708fa7d', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 5, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20608, 'shop', 0, '\x0100020000000006020200040402024e0200060400000000000221010c010221010c01020403020403000180c202020403020403');
INSERT INTO public.kpi_day VALUES ('01a20255-3b20-7077-a0c0-a24f39680706', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 5, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20608, 'team', 0, '\x0100020000000006020200040402024e0200060400000000000221010c010221010c01020403020403000180c202020403020403');
INSERT INTO public.kpi_day VALUES ('01a20255-3b21-73c3-8ffe-1c4168ef74c6', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 5, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20610, 'agent', 6, '\x010002000000000602020004040202520200060400000000000223010c010223010c01020603020603000184c202020603020603');
INSERT INTO public.kpi_day VALUES ('01a20255-3b21-78c4-b048-704636a664c4', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 5, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20610, 'shop', 0, '\x010002000000000602020004040202520200060400000000000223010c010223010c01020603020603000184c202020603020603');
INSERT INTO public.kpi_day VALUES ('01a20255-3b21-7050-a2b2-bedea9b65deb', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 5, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20610, 'team', 0, '\x010002000000000602020004040202520200060400000000000223010c010223010c01020603020603000184c202020603020603');
INSERT INTO public.kpi_day VALUES ('01a20255-3b21-71e6-b9ca-0f57b9206dd1', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 5, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20612, 'agent', 5, '\x010002000000000602020004040202560200060400000000000225010c010225010c01020206020206000188c202020206020206');
INSERT INTO public.kpi_day VALUES ('01a20255-3b21-7641-a848-65f242933916', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 5, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20612, 'shop', 0, '\x010002000000000602020004040202560200060400000000000225010c010225010c01020206020206000188c202020206020206');
INSERT INTO public.kpi_day VALUES ('01a20255-3b21-7ffd-8edb-69652302b97e', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 5, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20612, 'team', 0, '\x010002000000000602020004040202560200060400000000000225010c010225010c01020206020206000188c202020206020206');
INSERT INTO public.kpi_day VALUES ('01a20255-3b21-72a0-8b8f-3e26af3985f4', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 5, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20614, 'agent', 4, '\x0100020000000006020200040402025a0200060400000000000227010c010227010c0102010302010300018cc202020103020103');
INSERT INTO public.kpi_day VALUES ('01a20255-3b21-72df-ae14-d3a6121ab9f4', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 5, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20614, 'shop', 0, '\x0100020000000006020200040402025a0200060400000000000227010c010227010c0102010302010300018cc202020103020103');
INSERT INTO public.kpi_day VALUES ('01a20255-3b21-7a58-8a7d-e41ce2630dc7', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 5, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20614, 'team', 0, '\x0100020000000006020200040402025a0200060400000000000227010c010227010c0102010302010300018cc202020103020103');
INSERT INTO public.kpi_day VALUES ('01a20255-3b22-7c58-afe0-4e637583177a', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 5, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20616, 'agent', 6, '\x0100020000000006020200040402025e0200060400000000000229010c010229010c01020303020303000190c202020303020303');
INSERT INTO public.kpi_day VALUES ('01a20255-3b22-7ee0-827d-1e0bfad68a8a', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 5, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20616, 'shop', 0, '\x0100020000000006020200040402025e0200060400000000000229010c010229010c01020303020303000190c202020303020303');
INSERT INTO public.kpi_day VALUES ('01a20255-3b22-743d-8d8e-554890f54797', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 5, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20616, 'team', 0, '\x0100020000000006020200040402025e0200060400000000000229010c010229010c01020303020303000190c202020303020303');
INSERT INTO public.kpi_day VALUES ('01a20255-3c87-729e-bb2f-da81c3d1aa59', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 5, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20605, 'agent', 4, '\x01000200020000060202000404020248020106040100010000021e010c01021e010c01020a03020a030001fac102020a03020a03');
INSERT INTO public.kpi_day VALUES ('01a20255-3c87-7e30-8531-6d6aa45ec3d7', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 5, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20605, 'shop', 0, '\x01000200020000060202000404020248020106040100010000021e010c01021e010c01020a03020a030001fac102020a03020a03');
INSERT INTO public.kpi_day VALUES ('01a20255-3c87-713f-80cc-cd01c3f625df', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 5, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20605, 'team', 0, '\x01000200020000060202000404020248020106040100010000021e010c01021e010c01020a03020a030001fac102020a03020a03');
INSERT INTO public.kpi_day VALUES ('01a20255-3b22-7329-aa95-3cb1a8cdc452', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20609, 'shop', 0, '\x010002000000000602020004040202500200060400000000000222010c010222010c01020e03020e03000182c202020e03020e03');
INSERT INTO public.kpi_day VALUES ('01a20255-3b22-7c5c-8802-7f7e44c00229', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20609, 'team', 0, '\x010002000000000602020004040202500200060400000000000222010c010222010c01020e03020e03000182c202020e03020e03');
INSERT INTO public.kpi_day VALUES ('01a20255-3b22-77a6-9c4e-c880bf7cba95', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20611, 'agent', 4, '\x010002000000000602020004040202540200060400000000000224010c010224010c01020a06020a06000186c202020a06020a06');
INSERT INTO public.kpi_day VALUES ('01a20255-3b22-7476-a222-1c57d26d3973', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20611, 'shop', 0, '\x010002000000000602020004040202540200060400000000000224010c010224010c01020a06020a06000186c202020a06020a06');
INSERT INTO public.kpi_day VALUES ('01a20255-3b22-7726-8efc-bac46656df23', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20611, 'team', 0, '\x010002000000000602020004040202540200060400000000000224010c010224010c01020a06020a06000186c202020a06020a06');
INSERT INTO public.kpi_day VALUES ('01a20255-3b22-763d-8e88-259a329890b4', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20613, 'agent', 6, '\x010002000000000602020004040202580200060400000000000226010c010226010c01020c06020c0600018ac202020c06020c06');
INSERT INTO public.kpi_day VALUES ('01a20255-3b22-7831-9000-177a0a6a905a', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20613, 'shop', 0, '\x010002000000000602020004040202580200060400000000000226010c010226010c01020c06020c0600018ac202020c06020c06');
INSERT INTO public.kpi_day VALUES ('01a20255-3b22-76bf-9978-edfb96b6a921', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20613, 'team', 0, '\x010002000000000602020004040202580200060400000000000226010c010226010c01020c06020c0600018ac202020c06020c06');
INSERT INTO public.kpi_day VALUES ('01a20255-3b23-7a33-af81-4e6e413b71ca', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20615, 'agent', 5, '\x0100020000000006020200040402025c0200060400000000000228010c010228010c01020b03020b0300018ec202020b03020b03');
INSERT INTO public.kpi_day VALUES ('01a20255-3b23-74b3-aad9-639db5be8fec', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20615, 'shop', 0, '\x0100020000000006020200040402025c0200060400000000000228010c010228010c01020b03020b0300018ec202020b03020b03');
INSERT INTO public.kpi_day VALUES ('01a20255-3b23-7f88-a7cc-eeb5f5214023', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20615, 'team', 0, '\x0100020000000006020200040402025c0200060400000000000228010c010228010c01020b03020b0300018ec202020b03020b03');
INSERT INTO public.kpi_day VALUES ('01a20255-3e3d-7834-8a52-ffb3b103e570', '01a20255-34f4-720f-a00c-ea54313cba06', 3, 5, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20606, 'agent', 5, '\x0100020000010106020200040402024a020006040000000000021f010c01021f010c010202030202030001fcc102020203020203');
INSERT INTO public.kpi_day VALUES ('01a20255-3e3d-7a23-8919-637b502fdf6b', '01a20255-34f4-720f-a00c-ea54313cba06', 3, 5, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20606, 'shop', 0, '\x0100020000010106020200040402024a020006040000000000021f010c01021f010c010202030202030001fcc102020203020203');
INSERT INTO public.kpi_day VALUES ('01a20255-3e3d-7e9c-9dee-a9fb0f8d52bc', '01a20255-34f4-720f-a00c-ea54313cba06', 3, 5, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20606, 'team', 0, '\x0100020000010106020200040402024a020006040000000000021f010c01021f010c010202030202030001fcc102020203020203');
INSERT INTO public.kpi_day VALUES ('01a20255-4077-78c0-84ac-8e60c90f2790', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20606, 'shop', 0, '\x0100020000010106020200040402024a020006040000000000021f010c01021f010c010202030202030001fcc102020203020203');
INSERT INTO public.kpi_day VALUES ('01a20255-4077-7bc9-b7bc-b5a2b88528f7', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20606, 'team', 0, '\x0100020000010106020200040402024a020006040000000000021f010c01021f010c010202030202030001fcc102020203020203');
INSERT INTO public.kpi_day VALUES ('01a20255-4077-7416-a60f-9abe85fb716f', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20606, 'agent', 5, '\x0100020000010106020200040402024a020006040000000000021f010c01021f010c010202030202030001fcc102020203020203');
INSERT INTO public.kpi_day VALUES ('01a20255-407e-7aae-938e-77c63a94ab69', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20608, 'shop', 0, '\x0100020000000006020200040402024e0200060400000000000221010c010221010c01020403020403000180c202020403020403');
INSERT INTO public.kpi_day VALUES ('01a20255-407e-7f9a-99b3-aa2cacbea89c', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20608, 'team', 0, '\x0100020000000006020200040402024e0200060400000000000221010c010221010c01020403020403000180c202020403020403');
INSERT INTO public.kpi_day VALUES ('01a20255-407e-788b-bca1-9c2a4c185ad5', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20608, 'agent', 4, '\x0100020000000006020200040402024e0200060400000000000221010c010221010c01020403020403000180c202020403020403');
INSERT INTO public.kpi_day VALUES ('01a20255-407e-7dd7-8f91-cd80ee84f619', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20610, 'shop', 0, '\x010002000000000602020004040202520200060400000000000223010c010223010c01020603020603000184c202020603020603');
INSERT INTO public.kpi_day VALUES ('01a20255-407e-7873-8cda-a167f7505749', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20610, 'team', 0, '\x010002000000000602020004040202520200060400000000000223010c010223010c01020603020603000184c202020603020603');
INSERT INTO public.kpi_day VALUES ('01a20255-407e-7d3a-969e-050695c11860', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20610, 'agent', 6, '\x010002000000000602020004040202520200060400000000000223010c010223010c01020603020603000184c202020603020603');
INSERT INTO public.kpi_day VALUES ('01a20255-407f-7bf2-b2dc-4477490753a3', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20612, 'shop', 0, '\x010002000000000602020004040202560200060400000000000225010c010225010c01020206020206000188c202020206020206');
INSERT INTO public.kpi_day VALUES ('01a20255-407f-7e98-93b5-bc211718bd97', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20612, 'team', 0, '\x010002000000000602020004040202560200060400000000000225010c010225010c01020206020206000188c202020206020206');
INSERT INTO public.kpi_day VALUES ('01a20255-407f-77dd-8d0c-d8d8aee68090', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20612, 'agent', 5, '\x010002000000000602020004040202560200060400000000000225010c010225010c01020206020206000188c202020206020206');
INSERT INTO public.kpi_day VALUES ('01a20255-4080-75eb-a26f-21b1ffc65659', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20614, 'shop', 0, '\x0100020000000006020200040402025a0200060400000000000227010c010227010c0102010302010300018cc202020103020103');
INSERT INTO public.kpi_day VALUES ('01a20255-4080-7930-94b8-f17a08492df9', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20614, 'team', 0, '\x0100020000000006020200040402025a0200060400000000000227010c010227010c0102010302010300018cc202020103020103');
INSERT INTO public.kpi_day VALUES ('01a20255-4080-7034-a304-0d62f5bdf5aa', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20614, 'agent', 4, '\x0100020000000006020200040402025a0200060400000000000227010c010227010c0102010302010300018cc202020103020103');
INSERT INTO public.kpi_day VALUES ('01a20255-4080-777d-9cec-ddd7b3450439', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20616, 'shop', 0, '\x0100020000000006020200040402025e0200060400000000000229010c010229010c01020303020303000190c202020303020303');
INSERT INTO public.kpi_day VALUES ('01a20255-4080-7913-81eb-4f3ed141fc6a', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20616, 'team', 0, '\x0100020000000006020200040402025e0200060400000000000229010c010229010c01020303020303000190c202020303020303');
INSERT INTO public.kpi_day VALUES ('01a20255-4080-76bf-b9fd-4c273aa96d0c', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-73fa-95c4-6dd444ea6b82', 20616, 'agent', 6, '\x0100020000000006020200040402025e0200060400000000000229010c010229010c01020303020303000190c202020303020303');
INSERT INTO public.kpi_day VALUES ('01a20255-4081-7b45-b696-ac6aa28b5ea1', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20605, 'shop', 0, '\x01000200020000060202000404020248020106040100010000021e010c01021e010c01020a03020a030001fac102020a03020a03');
INSERT INTO public.kpi_day VALUES ('01a20255-4081-7c4f-8d29-6ece8e359161', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20605, 'team', 0, '\x01000200020000060202000404020248020106040100010000021e010c01021e010c01020a03020a030001fac102020a03020a03');
INSERT INTO public.kpi_day VALUES ('01a20255-4081-77ab-9c60-90b88c64d9fd', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20605, 'agent', 4, '\x01000200020000060202000404020248020106040100010000021e010c01021e010c01020a03020a030001fac102020a03020a03');
INSERT INTO public.kpi_day VALUES ('01a20255-3ca6-7a16-b9c0-190c0f82c41f', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 5, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20607, 'agent', 6, '\x0100020002000006020200040402024c0200060400000100010220010c010220010c01020c03020c030001fec102020c03020c03');
INSERT INTO public.kpi_day VALUES ('01a20255-3ca6-7c57-a744-52113abfe7a7', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 5, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20607, 'shop', 0, '\x0100020002000006020200040402024c0200060400000100010220010c010220010c01020c03020c030001fec102020c03020c03');
INSERT INTO public.kpi_day VALUES ('01a20255-3ca6-7c04-9458-b3178087d382', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 5, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20607, 'team', 0, '\x0100020002000006020200040402024c0200060400000100010220010c010220010c01020c03020c030001fec102020c03020c03');
INSERT INTO public.kpi_day VALUES ('01a20255-4081-7071-b2eb-8deb0e5af46e', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20607, 'shop', 0, '\x0100020002000006020200040402024c0200060400000100010220010c010220010c01020c03020c030001fec102020c03020c03');
INSERT INTO public.kpi_day VALUES ('01a20255-4081-7566-8544-1733f2551b66', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20607, 'team', 0, '\x0100020002000006020200040402024c0200060400000100010220010c010220010c01020c03020c030001fec102020c03020c03');
INSERT INTO public.kpi_day VALUES ('01a20255-4081-7a14-9bdb-b0d73d40225d', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20607, 'agent', 6, '\x0100020002000006020200040402024c0200060400000100010220010c010220010c01020c03020c030001fec102020c03020c03');
INSERT INTO public.kpi_day VALUES ('01a20255-3cae-7355-b9fc-67b382490a5d', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 5, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20609, 'agent', 5, '\x010002000200000602020004040202500200060400010000010222010c010222010c01020e03020e03000182c202020e03020e03');
INSERT INTO public.kpi_day VALUES ('01a20255-3cae-7caf-a08a-6c3552cb3da4', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 5, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20609, 'shop', 0, '\x010002000200000602020004040202500200060400010000010222010c010222010c01020e03020e03000182c202020e03020e03');
INSERT INTO public.kpi_day VALUES ('01a20255-3cae-7bf7-88e1-788d38e87268', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 5, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20609, 'team', 0, '\x010002000200000602020004040202500200060400010000010222010c010222010c01020e03020e03000182c202020e03020e03');
INSERT INTO public.kpi_day VALUES ('01a20255-4082-7169-b4aa-da7c3b10545e', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20609, 'shop', 0, '\x010002000200000602020004040202500200060400010000010222010c010222010c01020e03020e03000182c202020e03020e03');
INSERT INTO public.kpi_day VALUES ('01a20255-4082-7f1b-a5e6-240604106aea', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20609, 'team', 0, '\x010002000200000602020004040202500200060400010000010222010c010222010c01020e03020e03000182c202020e03020e03');
INSERT INTO public.kpi_day VALUES ('01a20255-4082-7371-aeab-8591cba6f4b1', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20609, 'agent', 5, '\x010002000200000602020004040202500200060400010000010222010c010222010c01020e03020e03000182c202020e03020e03');
INSERT INTO public.kpi_day VALUES ('01a20255-3cc6-7336-a786-3e66bc6576b6', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 5, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20611, 'agent', 4, '\x010002000200000602020004040202540200060400010001000224010c010224010c01020a06020a06000186c202020a06020a06');
INSERT INTO public.kpi_day VALUES ('01a20255-3cc6-78e1-805d-09c4f287bced', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 5, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20611, 'shop', 0, '\x010002000200000602020004040202540200060400010001000224010c010224010c01020a06020a06000186c202020a06020a06');
INSERT INTO public.kpi_day VALUES ('01a20255-3cc6-7c6a-a510-478a796d476b', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 5, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20611, 'team', 0, '\x010002000200000602020004040202540200060400010001000224010c010224010c01020a06020a06000186c202020a06020a06');
INSERT INTO public.kpi_day VALUES ('01a20255-408b-7da8-a4ff-06a61e0d93e2', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20611, 'shop', 0, '\x010002000200000602020004040202540200060400010001000224010c010224010c01020a06020a06000186c202020a06020a06');
INSERT INTO public.kpi_day VALUES ('01a20255-408b-7647-afc4-8ef21c610953', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20611, 'team', 0, '\x010002000200000602020004040202540200060400010001000224010c010224010c01020a06020a06000186c202020a06020a06');
INSERT INTO public.kpi_day VALUES ('01a20255-408b-7ad8-9914-34899a179b47', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20611, 'agent', 4, '\x010002000200000602020004040202540200060400010001000224010c010224010c01020a06020a06000186c202020a06020a06');
INSERT INTO public.kpi_day VALUES ('01a20255-3ccd-78d0-805c-c2db989ecfe0', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 5, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20613, 'agent', 6, '\x010002000200000602020004040202580200060401000001000226010c010226010c01020c06020c0600018ac202020c06020c06');
INSERT INTO public.kpi_day VALUES ('01a20255-3ccd-7324-b5f5-22dbb9c17f71', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 5, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20613, 'shop', 0, '\x010002000200000602020004040202580200060401000001000226010c010226010c01020c06020c0600018ac202020c06020c06');
INSERT INTO public.kpi_day VALUES ('01a20255-3ccd-75bc-88c3-e82db40a5dc9', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 5, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20613, 'team', 0, '\x010002000200000602020004040202580200060401000001000226010c010226010c01020c06020c0600018ac202020c06020c06');
INSERT INTO public.kpi_day VALUES ('01a20255-408f-78a1-8917-01ca8c9b56e5', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20613, 'shop', 0, '\x010002000200000602020004040202580200060401000001000226010c010226010c01020c06020c0600018ac202020c06020c06');
INSERT INTO public.kpi_day VALUES ('01a20255-408f-74a3-b8d7-5903d43ef695', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20613, 'team', 0, '\x010002000200000602020004040202580200060401000001000226010c010226010c01020c06020c0600018ac202020c06020c06');
INSERT INTO public.kpi_day VALUES ('01a20255-408f-7817-a907-7cbe3acb2fbc', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20613, 'agent', 6, '\x010002000200000602020004040202580200060401000001000226010c010226010c01020c06020c0600018ac202020c06020c06');
INSERT INTO public.kpi_day VALUES ('01a20255-3cd3-7812-960d-d17170bbb658', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 5, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20615, 'agent', 5, '\x0100020002000006020200040402025c0200060401000100000228010c010228010c01020b03020b0300018ec202020b03020b03');
INSERT INTO public.kpi_day VALUES ('01a20255-3cd3-7337-905f-fd350e291b6a', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 5, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20615, 'shop', 0, '\x0100020002000006020200040402025c0200060401000100000228010c010228010c01020b03020b0300018ec202020b03020b03');
INSERT INTO public.kpi_day VALUES ('01a20255-3cd3-7845-8b94-637bce04e691', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 5, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20615, 'team', 0, '\x0100020002000006020200040402025c0200060401000100000228010c010228010c01020b03020b0300018ec202020b03020b03');
INSERT INTO public.kpi_day VALUES ('01a20255-4093-7ddd-9cc2-1677f299f60a', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20615, 'shop', 0, '\x0100020002000006020200040402025c0200060401000100000228010c010228010c01020b03020b0300018ec202020b03020b03');
INSERT INTO public.kpi_day VALUES ('01a20255-4093-7429-806e-afe6c366ee41', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20615, 'team', 0, '\x0100020002000006020200040402025c0200060401000100000228010c010228010c01020b03020b0300018ec202020b03020b03');
INSERT INTO public.kpi_day VALUES ('01a20255-4093-7356-8953-01dba47db14d', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20615, 'agent', 5, '\x0100020002000006020200040402025c0200060401000100000228010c010228010c01020b03020b0300018ec202020b03020b03');
INSERT INTO public.kpi_day VALUES ('01a20255-3f34-7975-af8c-b8bdc3e01bc7', '01a20255-34f4-720f-a00c-ea54313cba06', 4, 5, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20624, 'agent', 0, '\x010000010000000100000001010000000100010000000000000000010b000001a0c202010b010b');
INSERT INTO public.kpi_day VALUES ('01a20255-3f34-7c6a-b315-5d7cc487dd6b', '01a20255-34f4-720f-a00c-ea54313cba06', 4, 5, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20624, 'shop', 0, '\x010000010000000100000001010000000100010000000000000000010b000001a0c202010b010b');
INSERT INTO public.kpi_day VALUES ('01a20255-3f34-76cb-bb11-64cd1420b3b5', '01a20255-34f4-720f-a00c-ea54313cba06', 4, 5, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20624, 'team', 0, '\x010000010000000100000001010000000100010000000000000000010b000001a0c202010b010b');
INSERT INTO public.kpi_day VALUES ('01a20255-4093-7338-98e6-277055b93feb', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20624, 'shop', 0, '\x010000010000000100000001010000000100010000000000000000010b000001a0c202010b010b');
INSERT INTO public.kpi_day VALUES ('01a20255-4093-786b-8587-62d8e98b88d0', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20624, 'team', 0, '\x010000010000000100000001010000000100010000000000000000010b000001a0c202010b010b');
INSERT INTO public.kpi_day VALUES ('01a20255-4093-770f-bb6b-c2a8c7440bd8', '01a20255-34f4-720f-a00c-ea54313cba06', 5, 9223372036854775807, '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 20624, 'agent', 0, '\x010000010000000100000001010000000100010000000000000000010b000001a0c202010b010b');


--
-- Data for Name: kpi_target; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: lease; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.lease VALUES ('editions 01a20255-34f4-720f-a00c-ea54313cba06', '01a20255-4015-753d-b4f2-45a08dadc52e', 0);
INSERT INTO public.lease VALUES ('seal 01a20255-34f4-720f-a00c-ea54313cba06', '01a20255-53ec-77cc-9f86-2070d19987fa', 0);


--
-- Data for Name: notice; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: person; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.person VALUES ('01a20255-35b8-707f-9842-2c2f38e6aed8', 'admin', 'admin', 'admin@example.com', NULL, 'zh-CN', 1795335468472947, 1);
INSERT INTO public.person VALUES ('01a20255-36f8-7e38-a80c-ca2b2e1aa629', 'ops', 'ops', 'ops@example.com', NULL, 'zh-CN', 1795335468792911, 1);
INSERT INTO public.person VALUES ('01a20255-3806-7e50-b54b-bca0bbf7f345', 'boss', 'boss', 'boss@example.com', NULL, 'zh-CN', 1795335469062892, 1);
INSERT INTO public.person VALUES ('01a20255-3959-7abc-b7a1-14f1240cf582', 'zhao', 'zhao', NULL, NULL, 'zh-CN', 1795335469401176, 1);
INSERT INTO public.person VALUES ('01a20255-39f3-7136-bc28-50ce7202e1bf', 'qian', 'qian', NULL, NULL, 'zh-CN', 1795335469555278, 1);
INSERT INTO public.person VALUES ('01a20255-3a80-7f7c-809b-b88f92f06945', 'sun', 'sun', NULL, NULL, 'zh-CN', 1795335469696420, 1);


--
-- Data for Name: published_edition; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.published_edition VALUES ('01a20255-34f4-720f-a00c-ea54313cba06', 5, 5);


--
-- Data for Name: seaql_migrations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.seaql_migrations VALUES ('base_events_1', 1795335467);
INSERT INTO public.seaql_migrations VALUES ('base_jobs_1', 1795335468);
INSERT INTO public.seaql_migrations VALUES ('people_tenants_1', 1795335468);
INSERT INTO public.seaql_migrations VALUES ('people_persons_1', 1795335468);
INSERT INTO public.seaql_migrations VALUES ('people_staff_1', 1795335468);
INSERT INTO public.seaql_migrations VALUES ('people_sign_in_1', 1795335468);
INSERT INTO public.seaql_migrations VALUES ('people_notices_1', 1795335468);
INSERT INTO public.seaql_migrations VALUES ('service_editions_1', 1795335468);
INSERT INTO public.seaql_migrations VALUES ('service_customers_1', 1795335468);
INSERT INTO public.seaql_migrations VALUES ('service_conversations_1', 1795335468);
INSERT INTO public.seaql_migrations VALUES ('service_imports_1', 1795335468);
INSERT INTO public.seaql_migrations VALUES ('service_kpi_1', 1795335468);
INSERT INTO public.seaql_migrations VALUES ('service_kpi_targets_1', 1795335468);


--
-- Data for Name: session; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: shop; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.shop VALUES ('01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', '01a20255-34f4-720f-a00c-ea54313cba06', 1, '一店', '一店', 'Asia/Shanghai', '[[0,"Asia/Shanghai"]]', 1);
INSERT INTO public.shop VALUES ('01a20255-3b0a-73fa-95c4-6dd444ea6b82', '01a20255-34f4-720f-a00c-ea54313cba06', 2, '二店', '二店', 'Asia/Shanghai', '[[0,"Asia/Shanghai"]]', 1);


--
-- Data for Name: sign_in_attempt; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: staff; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.staff VALUES ('01a20255-35ba-7ff6-a6a7-bbdb7acdc3dd', '01a20255-34f4-720f-a00c-ea54313cba06', '01a20255-35b8-707f-9842-2c2f38e6aed8', 'admin', 'admin', NULL, NULL, '', '', NULL, 1);
INSERT INTO public.staff VALUES ('01a20255-36f9-7200-bce4-e93e096d8e3b', '01a20255-34f4-720f-a00c-ea54313cba06', '01a20255-36f8-7e38-a80c-ca2b2e1aa629', 'ops', 'ops', NULL, NULL, '', '', NULL, 1);
INSERT INTO public.staff VALUES ('01a20255-381e-7322-8d89-0a4260e3e00b', '01a20255-34f4-720f-a00c-ea54313cba06', '01a20255-3806-7e50-b54b-bca0bbf7f345', 'boss', 'boss', NULL, NULL, '', '', NULL, 1);
INSERT INTO public.staff VALUES ('01a20255-395a-7329-9d50-d48c9a0449e6', '01a20255-34f4-720f-a00c-ea54313cba06', '01a20255-3959-7abc-b7a1-14f1240cf582', 'zhao', 'zhao', NULL, NULL, '', '', NULL, 1);
INSERT INTO public.staff VALUES ('01a20255-39f8-7898-ae72-2dd520d714e6', '01a20255-34f4-720f-a00c-ea54313cba06', '01a20255-39f3-7136-bc28-50ce7202e1bf', 'qian', 'qian', NULL, NULL, '', '', NULL, 1);
INSERT INTO public.staff VALUES ('01a20255-3a84-759f-9a72-6d901819acb7', '01a20255-34f4-720f-a00c-ea54313cba06', '01a20255-3a80-7f7c-809b-b88f92f06945', 'sun', 'sun', NULL, NULL, '', '', NULL, 1);


--
-- Data for Name: staff_grant; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.staff_grant VALUES ('01a20255-35e4-7257-b330-61f85d5942c8', '01a20255-34f4-720f-a00c-ea54313cba06', '01a20255-35ba-7ff6-a6a7-bbdb7acdc3dd', 'admin', NULL, NULL);
INSERT INTO public.staff_grant VALUES ('01a20255-3701-7de6-bdeb-eb4df88c6c8c', '01a20255-34f4-720f-a00c-ea54313cba06', '01a20255-36f9-7200-bce4-e93e096d8e3b', 'operations', NULL, NULL);
INSERT INTO public.staff_grant VALUES ('01a20255-38f7-7f9b-8557-259f979ba217', '01a20255-34f4-720f-a00c-ea54313cba06', '01a20255-381e-7322-8d89-0a4260e3e00b', 'director', NULL, NULL);
INSERT INTO public.staff_grant VALUES ('01a20255-396e-741a-8658-a07a98bf0683', '01a20255-34f4-720f-a00c-ea54313cba06', '01a20255-395a-7329-9d50-d48c9a0449e6', 'agent', NULL, NULL);
INSERT INTO public.staff_grant VALUES ('01a20255-39fc-7e1b-b803-afd5a1f27930', '01a20255-34f4-720f-a00c-ea54313cba06', '01a20255-39f8-7898-ae72-2dd520d714e6', 'agent', NULL, NULL);
INSERT INTO public.staff_grant VALUES ('01a20255-3a95-7538-85f2-3e88185409ab', '01a20255-34f4-720f-a00c-ea54313cba06', '01a20255-3a84-759f-9a72-6d901819acb7', 'agent', NULL, NULL);


--
-- Data for Name: staff_position; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.staff_position VALUES ('01a20255-35bd-7b62-9aec-e617e6090b2c', '01a20255-34f4-720f-a00c-ea54313cba06', '01a20255-35ba-7ff6-a6a7-bbdb7acdc3dd', 20779, NULL, NULL, '', '');
INSERT INTO public.staff_position VALUES ('01a20255-36fa-7aac-930a-027d564700e9', '01a20255-34f4-720f-a00c-ea54313cba06', '01a20255-36f9-7200-bce4-e93e096d8e3b', 20779, NULL, NULL, '', '');
INSERT INTO public.staff_position VALUES ('01a20255-383a-7c9d-b099-872f7e360f9a', '01a20255-34f4-720f-a00c-ea54313cba06', '01a20255-381e-7322-8d89-0a4260e3e00b', 20779, NULL, NULL, '', '');
INSERT INTO public.staff_position VALUES ('01a20255-395c-7ec4-b112-1bc3f8b2d3b4', '01a20255-34f4-720f-a00c-ea54313cba06', '01a20255-395a-7329-9d50-d48c9a0449e6', 20779, NULL, NULL, '', '');
INSERT INTO public.staff_position VALUES ('01a20255-39f9-7eba-86cf-191a6080257d', '01a20255-34f4-720f-a00c-ea54313cba06', '01a20255-39f8-7898-ae72-2dd520d714e6', 20779, NULL, NULL, '', '');
INSERT INTO public.staff_position VALUES ('01a20255-3a8c-7a45-858e-08b8dc5d0c88', '01a20255-34f4-720f-a00c-ea54313cba06', '01a20255-3a84-759f-9a72-6d901819acb7', 20779, NULL, NULL, '', '');


--
-- Data for Name: team; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.team VALUES ('01a20255-43d0-7bdc-8bc3-79c15607c1a3', '01a20255-34f4-720f-a00c-ea54313cba06', '01a20255-3b0a-7748-b2c0-cdc7b8d9cb46', 1, '甲组', false, 1);


--
-- Data for Name: tenant; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.tenant VALUES ('01a20255-34f4-720f-a00c-ea54313cba06', 'acme', '某某旗舰店', 'company', NULL, 1);


--
-- Data for Name: transcript; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.transcript VALUES ('01a20255-3b13-7991-ac44-76ccd4b7f563', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '\x28b52ffd20dff90600010500adbeca88b790784580ecb1ebf1e3a90606e59ca8e5909701011b0229232930c058cb0d80897a06e682a8e5a5bd01011c04c55a435ab2c7207280ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d0f6ae268187470b22c79909474709af52781cbe5c73972fe48b32873720be35e6a115ae987dc9157d7532c92c29ddddd6fc54e31f45353903ca9a5fd1901011d09fec6b6f086978f108087a70e0615e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501011e0087d0923e2385623380d8f11606e8b0a2e8b0a201011f0000');
INSERT INTO public.transcript VALUES ('01a20255-3b13-7868-bf70-3c9ff3bac8d4', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '\x28b52ffd20dff90600010500a555b47fa484b66480e48fa29082aa0606e59ca8e5909701017502424316e121315c0480897a06e682a8e5a5bd010176048b3ec6032b0def1580ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003dca7c75159923bcd3ef4a50f6a5d495ff4ca2c044b99d1587703ff69269c15b88a61bfac75ec3206a9a5ada8b013e76da7cd8995de21f466c4a2af15ec80101770951a7cd3c4615e61680a9bc1f0615e5a5bde79a8420f09f988020e9a9ace4b88ae69fa5010178006ea340e9798c9f2880b6dc0506e8b0a2e8b0a20101790000');
INSERT INTO public.transcript VALUES ('01a20255-3b13-796b-8ca3-f7f218a8f46d', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '\x28b52ffd20dff90600010500d11461ba825db46b8094f3d589daa90606e59ca8e5909701014d021d411f39fbfe077280897a06e682a8e5a5bd01014e04d0dbdb150ffa383180ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d5801e62499620f459650039a554718df35816bd709db019914b5a70e0be9885533403bc84e23033ed9b61b3d10a38a45f3e5d1035def30ea29d14a356a01014f094511589e172d4e2d80e1eb170415e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501015000cbb00cde59bda37380feac0d06e8b0a2e8b0a20101510000');
INSERT INTO public.transcript VALUES ('01a20255-3b13-7a8e-8d41-71cff4542f63', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '\x28b52ffd20dff90600010500a066aa3aaa0f0a4080e4e5b7ba81aa0606e59ca8e5909701013902e98eecb6bc9c4f7780897a06e682a8e5a5bd01013a04c5ad4c9f374e771280ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d8562e1d5de748f08ae6e82873d2e6344ebc32d5b30eef75e520bce7e59c46fb3479dab21986b8f8f7eb0e161072881b9259f163f086ff41054b831950501013b09e81eabcf8abb474680bd83140615e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501013c00d3fb9250bba6686180a2951106e8b0a2e8b0a201013d0000');
INSERT INTO public.transcript VALUES ('01a20255-3b13-72a5-a54b-21d4c4cfc097', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '\x28b52ffd20dff906000105004d079ad19f2d7202808cfdb7fcf6a90606e59ca8e5909701012f02b1d39abdd2c2b91e80897a06e682a8e5a5bd01013004ccd1734664b5294a80ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d89166b4c7f64dabf85d28caa1b2a737238d05c86913acb5bea8cf83a2576c925a1f60925d952090bfa91ac7c1c39c78165f2b2d1e508ebd5587cf6c3f40101310966dfc2e8f38a016680ab8f120415e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501013200fca5be845bc99d2e80b4891306e8b0a2e8b0a20101330000');
INSERT INTO public.transcript VALUES ('01a20255-3b13-73b8-93ff-8235ebb0857b', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '\x28b52ffd20dff906000105000a531fc379e53d6880c49aebafeea90606e59ca8e5909701012502d64a4beaa5a9351180897a06e682a8e5a5bd01012604f49c311627dfd82b80ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d5a4b4ecd91a4d67702c98a0c8d5095dc885ecce379fb1d08b488fc03fc377d1891be42eee68ee605f46efa113242d4823f00551bf2841890ac40403bfe01012709b3118cb6e9a4da7080999b100515e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501012800a83eaa0d9f28ba7480c6fd1406e8b0a2e8b0a20101290000');
INSERT INTO public.transcript VALUES ('01a20255-3b13-7c83-923a-0da0aac2b8cf', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '\x28b52ffd20dff90600010500a016a0203f552912808ca7a2d2f7a90606e59ca8e5909701016b02c5549bbb6c18e62e80897a06e682a8e5a5bd01016c0423a34c9d85b0731980ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d51c4c2302e44a01fa54bf506ba3c7fa167287943b59fb8c546e6bdb64b391f015d2bd8a85ac8dd33b380450b8ef3e203609cbb3966127353598271e63d01016d0982ca4dd6c7d2b9128097c81d0415e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501016e00b001d01282a5464180c8d00706e8b0a2e8b0a201016f0000');
INSERT INTO public.transcript VALUES ('01a20255-3b13-72b5-9edc-b1ff9e1097e2', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '\x28b52ffd20dff906000105003f608e2debd81c6180bc8ad6cbcfa90606e59ca8e590970101430292ac2872d0d8cb6080897a06e682a8e5a5bd010144043aa1182aeb1fe32680ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d33ddeef43d2b1f3247090b299f8c599db1ebbdc3209038b63ecacf127e3268e947db6d204cc720e2b89b29045cf9ea04fe8483fe3af7fda782a210cede01014509458a2c4e22782b0f80cff7150515e5a5bde79a8420f09f988020e9a9ace4b88ae69fa5010146003ecf6e8ced19bf118090a10f06e8b0a2e8b0a20101470000');
INSERT INTO public.transcript VALUES ('01a20255-3b13-70fd-86a4-782b2a39fe68', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '\x28b52ffd20dff90600010500d5dd10a814860e2b80ecdbd5c7e4a90606e59ca8e590970101570286d00d174c48bb2980897a06e682a8e5a5bd010158047fa7b6e7fbd84c2580ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003dff77c64115898d716c0a35687ef0c73bb4e831ed2edf95d3aa79ad113bafa1bb69041f7816f49a2626875f8d3921e121ab57c7207270dfb271f69e065d01015909390fc3e9d9534b1e80f3df190615e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501015a00c470d4b9287e617580ecb80b06e8b0a2e8b0a201015b0000');
INSERT INTO public.transcript VALUES ('01a20255-3b13-76f7-950e-bb47c2b9762f', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '\x28b52ffd20dff9060001050052cc39cea139756380b4bea294eda90606e59ca8e5909701016102fc512bcee3b5c63b80897a06e682a8e5a5bd01016204711c6bca952ac60580ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d75fcfaf5a7d06affce647ad47e614534e222adefa0128ebb772cab66632842febd6bd3e9381644be7a68300d4ebbc7586562b19717fbe58f95c0d80472010163095062661664fccd448085d41b0515e5a5bde79a8420f09f988020e9a9ace4b88ae69fa5010164008b54d7f5cb0ebf4d80dac40906e8b0a2e8b0a20101650000');
INSERT INTO public.transcript VALUES ('01a20255-3b13-7cf3-bfd1-833f75aa849f', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 9223372036854775807, '\x28b52ffd20dff90600010500b0089b42847297098094c9ebb3d9a90606e59ca8e59097010111020cacb2390759ee4b80897a06e682a8e5a5bd010112046b1a0e3496c9f42480ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003dc99d28d6e087c03f12442b9b9ed14c71cc4e4da46ff5a69aa52c9773c2ef5652f90ecc28dd07745823262748e69cad72faef161b0582c9c63f295f77cd01011309c12c25ab41d00c2980f5b20c0415e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501011400d5fb203d9a20c86580eae51806e8b0a2e8b0a20101150000');
INSERT INTO public.transcript VALUES ('01a20255-3b13-71d3-85c4-a94f70424b91', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '\x28b52ffd20dff906000105006e6b6637f04cee0f8090ecebd6c9a90606e59ca8e590970101020296594e1b33ef984580897a06e682a8e5a5bd010103049d7d66bdde20250680ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d1ee43d5928e1886df0acd9bfcda5881c858e42b790197afbfb73bf31c449f2a201774c180cb11d7e97b6ed331edd6b8bc5f98b857a6e5e9f5467660a030101040957b729be2cb2423c80dac4090415e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501010500225433efb40fdf4f8085d41b06e8b0a2e8b0a20101060000');
INSERT INTO public.transcript VALUES ('01a20255-3b13-701c-ba4a-fee323e5b6f6', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 3, '\x28b52ffd20dff90600010500e3791aa70bf57f7f80bce0ebf5cea90606e59ca8e5909701010702d2b98f99ac66522780897a06e682a8e5a5bd01010804c59fa1fbbe2fc14c80ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d3a7e8f848d85df1a448cd56f6de23a7c56211feff9a9ec348b286a80677a30c4e0c5d5cf93ac2b216946baa476259198837fd15f58f3680196f67deea901010909b8002ad74502bb3480e3be0a0515e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501010a00c83b4ded93d51b4d80fcd91a06e8b0a2e8b0a201010b0000');
INSERT INTO public.transcript VALUES ('01a20255-3b13-7c62-a07b-c56001a060de', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '\x28b52ffd20dff90600010500e01f01af7ebac77480e0b2a2b3f2a90606e59ca8e5909701016602600f69365927525b80897a06e682a8e5a5bd01016704824d3c3167a7a84e80ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003dec3c2fbd326796216143bfccce7784d46334fb36d159e6bf7997f296fb8f9d22a3d73531280b0dc0897c315ebed07f942d5e50c018b450a47e5a98032e010168090422ae6058ce2b0a808ece1c0615e5a5bde79a8420f09f988020e9a9ace4b88ae69fa5010169002401719f078f213180d1ca0806e8b0a2e8b0a201016a0000');
INSERT INTO public.transcript VALUES ('01a20255-3b13-7c6e-9ca1-f1d422329958', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '\x28b52ffd20dff906000105002a631b6fd01bdd7b80f08eebcef3a90606e59ca8e5909701012a02c354fa07a695c16d80897a06e682a8e5a5bd01012b0426a97f443895692780ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003dc8c01127633547267fd631fdf640377a549add19b5ee8114d4c6d14194679d39b225c63e688d782af81dcdf104e8943926200ed06e61f4c19d5564259701012c095649e7f7e952172880a295110615e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501012d008fefef449df9a84180bd831406e8b0a2e8b0a201012e0000');
INSERT INTO public.transcript VALUES ('01a20255-3b13-7ea0-bdbe-cb34413df58f', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '\x28b52ffd20dff90600010500191be8165cc7915680b89ba2f1fca90606e59ca8e590970101700215211f5c29d06b7580897a06e682a8e5a5bd01017104a105c60c68f8f13280ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d9d5ccc8bfadeef8a9fda2a865c2d8e4f9c5c158b43a5e4e17405672fe0b12e72b7cbc0defc385382df92e4ed0e9a2b7217bf6477cb275f6f973a4dbaf5010172094dc6d8ea20fb027280a0c21e0515e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501017300a94029b320a5715480bfd60606e8b0a2e8b0a20101740000');
INSERT INTO public.transcript VALUES ('01a20255-3b13-76f2-8249-77822450f854', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '\x28b52ffd20dff90600010500809916b1898bc81c80c0e7d5a8dfa90606e59ca8e5909701015202d42ffb5868f2a53280897a06e682a8e5a5bd010153042900b85d78c7943580ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d1f3eee5f81afb3a624cfe08e737ce35f9b466846a14669b2560942396c6626618017050426968fd97389e7a20189d19df5f0159f8a8ba7fbd05036c1e201015409e25f52005106137280eae5180515e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501015500ae77fcc04c21b65980f5b20c06e8b0a2e8b0a20101560000');
INSERT INTO public.transcript VALUES ('01a20255-3b13-77ae-9436-acd39f1abccf', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '\x28b52ffd20dff90600010500d9696af09af5d06480b8f1b79bfca90606e59ca8e590970101340265b5ff106e6bb41a80897a06e682a8e5a5bd0101350421e671b33812632780ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003dd134b47519ee56c45fce6ed5af292b2267b8f29b4257bee9854134cf0c221322127389488d7577e98a68be48ce08f385b8ca5506e7a65af4a476b71dc701013609826990236e7dd36380b489130515e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501013700ea8346cb7dd08d1680ab8f1206e8b0a2e8b0a20101380000');
INSERT INTO public.transcript VALUES ('01a20255-3b13-72fb-9faa-e17cd3033f30', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '\x28b52ffd20dff906000105002707f4d0943d191280e8fed5ead4a90606e59ca8e5909701014802c4a3c240da2f4c2280897a06e682a8e5a5bd01014904b508f48e91a7774480ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d4b7c8f09c3b2c9c74fcff02ad083513b61ecd8d53af5f2bf4891d371b1d30d3128a1ba09d638b57cfe9667b1bd4939794aad1ab77e477db3c2199aa5c801014a09286223eaef3cfa4480d8f1160615e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501014b009de1f4f8a241e97f8087a70e06e8b0a2e8b0a201014c0000');
INSERT INTO public.transcript VALUES ('01a20255-3b13-7838-9c68-0a9b51552056', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '\x28b52ffd20dff906000105002e1db16c3e5e5e358088caa2f5e7a90606e59ca8e5909701015c02a222486a47b6302180897a06e682a8e5a5bd01015d0423ba1429f9249c0a80ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d4f5d617b763965baea1adb1f8810dead3073e5f5cc85289c934a172077740b380245b8c54c32e7980a2b63d109285e2187398dbded91a7ed723c7636ec01015e0973ef3a2baf82113880fcd91a0415e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501015f00c803a4bd1e16230980e3be0a06e8b0a2e8b0a20101600000');
INSERT INTO public.transcript VALUES ('01a20255-3b13-75e4-a05b-f60fe21d0009', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '\x28b52ffd20dff90600010500e5ee8bb1dca3282c80e8d4eb94d4a90606e59ca8e5909701010c02e5461464789f446680897a06e682a8e5a5bd01010d0496f70bc34b59e20980ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003dc5507a2c61b96cff5bb8f3bfeee2f77a636626b3fe1d599bd450a066639d0f3be668fe601ab90f929601edd542aa0d303384079f9ef8a05b60eb60f43701010e093d209bee63396b0d80ecb80b0615e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501010f00fc2e3ecbc988d37b80f3df1906e8b0a2e8b0a20101100000');
INSERT INTO public.transcript VALUES ('01a20255-3b13-7895-a689-a35b12f839f1', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '\x28b52ffd20dff906000105001ddf40a533d5757d80c0bdebd2dea90606e59ca8e5909701011602060b60f610bed16180897a06e682a8e5a5bd01011704db6a0e67609f606980ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003de2bfb2b295099a7c618da151a66854e2adad9a8240ad539de7b10ee439025a864aca9ba294c430c58415bd2e9b2711a348d6e381fbe77783fea7ce18fe01011809f75bfe9b7ff5bf2880feac0d0515e5a5bde79a8420f09f988020e9a9ace4b88ae69fa5010119005d8dd38e25d5035280e1eb1706e8b0a2e8b0a201011a0000');
INSERT INTO public.transcript VALUES ('01a20255-3b13-7834-adfd-299a833e7d3f', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '\x28b52ffd20dff9060001050061485537c265e87d809096d6accaa90606e59ca8e5909701013e02beabd1977276392e80897a06e682a8e5a5bd01013f0421b00b53f102d46580ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d11ec9586aa9bebdfcb903fea63c368789ebff71d8354d8b3e2083a5a0be8d2278e401e11213087a5fa6c9968d6623face8b3dbb911e840d948d60ae14101014009f957bff8548bd36680c6fd140415e5a5bde79a8420f09f988020e9a9ace4b88ae69fa50101410089a04a621d8ced0180999b1006e8b0a2e8b0a20101420000');
INSERT INTO public.transcript VALUES ('01a20255-3b13-7756-998a-919ca4820afc', '01a20255-34f4-720f-a00c-ea54313cba06', 1, 2, '\x28b52ffd20dff9060001050051e889804b74566d8098a6eb90e9a90606e59ca8e5909701012002b61ff20a09b92f1980897a06e682a8e5a5bd010121049f7166d0bcfdc77d80ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d491a5953c3d104320993285a0efca8c8121b6da58205d021893d36256c31d32f2c801565b374f784c17a4463318b8073dfa699e7b33c54c749eecb5f2d01012209bac6ab252ad8a1288090a10f0415e5a5bde79a8420f09f988020e9a9ace4b88ae69fa50101230091f0979e75fdfd1580cff71506e8b0a2e8b0a20101240000');
INSERT INTO public.transcript VALUES ('01a20255-3c1b-7ae6-89f9-5d125145cac9', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '\x28b52ffd20f4a107000105006e6b6637f04cee0f8090ecebd6c9a90606e59ca8e590970101020296594e1b33ef984580897a06e682a8e5a5bd010103049d7d66bdde20250680ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d1ee43d5928e1886df0acd9bfcda5881c858e42b790197afbfb73bf31c449f2a201774c180cb11d7e97b6ed331edd6b8bc5f98b857a6e5e9f5467660a030101040957b729be2cb2423c80dac4090415e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501010500225433efb40fdf4f8085d41b06e8b0a2e8b0a20101060001862294879232229480a0f29ec8cba9060100010202');
INSERT INTO public.transcript VALUES ('01a20255-3c1b-78ed-a762-d81a3cd46bcc', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '\x28b52ffd20f4a10700010500e01f01af7ebac77480e0b2a2b3f2a90606e59ca8e5909701016602600f69365927525b80897a06e682a8e5a5bd01016704824d3c3167a7a84e80ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003dec3c2fbd326796216143bfccce7784d46334fb36d159e6bf7997f296fb8f9d22a3d73531280b0dc0897c315ebed07f942d5e50c018b450a47e5a98032e010168090422ae6058ce2b0a808ece1c0615e5a5bde79a8420f09f988020e9a9ace4b88ae69fa5010169002401719f078f213180d1ca0806e8b0a2e8b0a201016a000190dfacae9d3669bc80a0ca8ae6f3a906010001020c');
INSERT INTO public.transcript VALUES ('01a20255-3c1b-70e6-a75a-9bdcba0e0d8a', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '\x28b52ffd20f4a107000105002a631b6fd01bdd7b80f08eebcef3a90606e59ca8e5909701012a02c354fa07a695c16d80897a06e682a8e5a5bd01012b0426a97f443895692780ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003dc8c01127633547267fd631fdf640377a549add19b5ee8114d4c6d14194679d39b225c63e688d782af81dcdf104e8943926200ed06e61f4c19d5564259701012c095649e7f7e952172880a295110615e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501012d008fefef449df9a84180bd831406e8b0a2e8b0a201012e0001d7a97f5e45caf23680a0ca8ae6f3a9060400010206');
INSERT INTO public.transcript VALUES ('01a20255-3c1b-72a8-8100-456487e13064', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '\x28b52ffd20f4a10700010500191be8165cc7915680b89ba2f1fca90606e59ca8e590970101700215211f5c29d06b7580897a06e682a8e5a5bd01017104a105c60c68f8f13280ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d9d5ccc8bfadeef8a9fda2a865c2d8e4f9c5c158b43a5e4e17405672fe0b12e72b7cbc0defc385382df92e4ed0e9a2b7217bf6477cb275f6f973a4dbaf5010172094dc6d8ea20fb027280a0c21e0515e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501017300a94029b320a5715480bfd60606e8b0a2e8b0a20101740001edb9771f6156154580a0c0c5edfda906030001020d');
INSERT INTO public.transcript VALUES ('01a20255-3c1b-74c4-8c1b-746d50dd6f22', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '\x28b52ffd20f4a10700010500809916b1898bc81c80c0e7d5a8dfa90606e59ca8e5909701015202d42ffb5868f2a53280897a06e682a8e5a5bd010153042900b85d78c7943580ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d1f3eee5f81afb3a624cfe08e737ce35f9b466846a14669b2560942396c6626618017050426968fd97389e7a20189d19df5f0159f8a8ba7fbd05036c1e201015409e25f52005106137280eae5180515e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501015500ae77fcc04c21b65980f5b20c06e8b0a2e8b0a2010156000168f71224d339a4e980a0de94d7dfa906020001020a');
INSERT INTO public.transcript VALUES ('01a20255-3c1b-7935-b117-18060d01567d', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '\x28b52ffd20f4a10700010500d9696af09af5d06480b8f1b79bfca90606e59ca8e590970101340265b5ff106e6bb41a80897a06e682a8e5a5bd0101350421e671b33812632780ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003dd134b47519ee56c45fce6ed5af292b2267b8f29b4257bee9854134cf0c221322127389488d7577e98a68be48ce08f385b8ca5506e7a65af4a476b71dc701013609826990236e7dd36380b489130515e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501013700ea8346cb7dd08d1680ab8f1206e8b0a2e8b0a201013800011d1eac293f0dfd9180a0c0c5edfda9060100010207');
INSERT INTO public.transcript VALUES ('01a20255-3c1b-7628-bac2-c7de5fbe7e5a', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '\x28b52ffd20f4a107000105002707f4d0943d191280e8fed5ead4a90606e59ca8e5909701014802c4a3c240da2f4c2280897a06e682a8e5a5bd01014904b508f48e91a7774480ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d4b7c8f09c3b2c9c74fcff02ad083513b61ecd8d53af5f2bf4891d371b1d30d3128a1ba09d638b57cfe9667b1bd4939794aad1ab77e477db3c2199aa5c801014a09286223eaef3cfa4480d8f1160615e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501014b009de1f4f8a241e97f8087a70e06e8b0a2e8b0a201014c000151ff6d252a776fec80a0e8d9cfd5a9060500010209');
INSERT INTO public.transcript VALUES ('01a20255-3c1b-7db3-b472-56deaa06c6cf', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '\x28b52ffd20f4a107000105002e1db16c3e5e5e358088caa2f5e7a90606e59ca8e5909701015c02a222486a47b6302180897a06e682a8e5a5bd01015d0423ba1429f9249c0a80ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d4f5d617b763965baea1adb1f8810dead3073e5f5cc85289c934a172077740b380245b8c54c32e7980a2b63d109285e2187398dbded91a7ed723c7636ec01015e0973ef3a2baf82113880fcd91a0415e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501015f00c803a4bd1e16230980e3be0a06e8b0a2e8b0a20101600001ef8ecdfbdc18375d80a0d4cfdee9a906040001020b');
INSERT INTO public.transcript VALUES ('01a20255-3c1b-76c1-bd63-5a4674d9ecc0', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '\x28b52ffd20f4a10700010500e5ee8bb1dca3282c80e8d4eb94d4a90606e59ca8e5909701010c02e5461464789f446680897a06e682a8e5a5bd01010d0496f70bc34b59e20980ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003dc5507a2c61b96cff5bb8f3bfeee2f77a636626b3fe1d599bd450a066639d0f3be668fe601ab90f929601edd542aa0d303384079f9ef8a05b60eb60f43701010e093d209bee63396b0d80ecb80b0615e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501010f00fc2e3ecbc988d37b80f3df1906e8b0a2e8b0a201011000018f3188313d246e7f80a0e8d9cfd5a9060300010203');
INSERT INTO public.transcript VALUES ('01a20255-3c1b-7c44-8941-26a1ee61e6c3', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '\x28b52ffd20f4a107000105001ddf40a533d5757d80c0bdebd2dea90606e59ca8e5909701011602060b60f610bed16180897a06e682a8e5a5bd01011704db6a0e67609f606980ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003de2bfb2b295099a7c618da151a66854e2adad9a8240ad539de7b10ee439025a864aca9ba294c430c58415bd2e9b2711a348d6e381fbe77783fea7ce18fe01011809f75bfe9b7ff5bf2880feac0d0515e5a5bde79a8420f09f988020e9a9ace4b88ae69fa5010119005d8dd38e25d5035280e1eb1706e8b0a2e8b0a201011a0001e5619c734b7c1ffd80a0de94d7dfa9060500010204');
INSERT INTO public.transcript VALUES ('01a20255-3c1b-794c-8263-a3db607246e0', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '\x28b52ffd20f4a1070001050061485537c265e87d809096d6accaa90606e59ca8e5909701013e02beabd1977276392e80897a06e682a8e5a5bd01013f0421b00b53f102d46580ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d11ec9586aa9bebdfcb903fea63c368789ebff71d8354d8b3e2083a5a0be8d2278e401e11213087a5fa6c9968d6623face8b3dbb911e840d948d60ae14101014009f957bff8548bd36680c6fd140415e5a5bde79a8420f09f988020e9a9ace4b88ae69fa50101410089a04a621d8ced0180999b1006e8b0a2e8b0a20101420001c63219110488cfbf80a0f29ec8cba9060300010208');
INSERT INTO public.transcript VALUES ('01a20255-3c1b-7e3a-9158-85aa6f6847f7', '01a20255-34f4-720f-a00c-ea54313cba06', 2, 9223372036854775807, '\x28b52ffd20f4a1070001050051e889804b74566d8098a6eb90e9a90606e59ca8e5909701012002b61ff20a09b92f1980897a06e682a8e5a5bd010121049f7166d0bcfdc77d80ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d491a5953c3d104320993285a0efca8c8121b6da58205d021893d36256c31d32f2c801565b374f784c17a4463318b8073dfa699e7b33c54c749eecb5f2d01012209bac6ab252ad8a1288090a10f0415e5a5bde79a8420f09f988020e9a9ace4b88ae69fa50101230091f0979e75fdfd1580cff71506e8b0a2e8b0a2010124000188a65b0d89cfef4b80a0d4cfdee9a9060200010205');
INSERT INTO public.transcript VALUES ('01a20255-3e10-7780-9eaa-f2f74caaf1c4', '01a20255-34f4-720f-a00c-ea54313cba06', 3, 9223372036854775807, '\x28b52ffd20fff90700010500e3791aa70bf57f7f80bce0ebf5cea90606e59ca8e5909701010702d2b98f99ac66522780897a06e682a8e5a5bd01010804c59fa1fbbe2fc14c80ab8f121be68891e79a84e794b5e8af9de698afe29fa66d6f62696c65e29fa700003d3a7e8f848d85df1a448cd56f6de23a7c56211feff9a9ec348b286a80677a30c4e0c5d5cf93ac2b216946baa476259198837fd15f58f3680196f67deea901010909b8002ad74502bb3480e3be0a0515e5a5bde79a8420f09f988020e9a9ace4b88ae69fa501010a00c83b4ded93d51b4d80fcd91a06e8b0a2e8b0a201010b010107e789a9e6b5810180a0c4b2f5cea9060180f096e1facea90601020001030200');
INSERT INTO public.transcript VALUES ('01a20255-3f29-7a98-a032-838a8d615abd', '01a20255-34f4-720f-a00c-ea54313cba06', 4, 9223372036854775807, '\x28b52ffd201ff90000010100e07052e8778f3b6080a0eac4b8a9aa0606e59ca8e590970104030000');


--
-- Name: agent_account agent_account_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agent_account
    ADD CONSTRAINT agent_account_pkey PRIMARY KEY (id);


--
-- Name: api_token api_token_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_pkey PRIMARY KEY (id);


--
-- Name: conversation conversation_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.conversation
    ADD CONSTRAINT conversation_pkey PRIMARY KEY (row_id);


--
-- Name: credential credential_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.credential
    ADD CONSTRAINT credential_pkey PRIMARY KEY (person_id);


--
-- Name: customer customer_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.customer
    ADD CONSTRAINT customer_pkey PRIMARY KEY (row_id);


--
-- Name: event_chain event_chain_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event_chain
    ADD CONSTRAINT event_chain_pkey PRIMARY KEY (tenant_id);


--
-- Name: event event_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (id);


--
-- Name: idempotency_key idempotency_key_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.idempotency_key
    ADD CONSTRAINT idempotency_key_pkey PRIMARY KEY (owner, key);


--
-- Name: import import_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.import
    ADD CONSTRAINT import_pkey PRIMARY KEY (id);


--
-- Name: import_rejection import_rejection_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.import_rejection
    ADD CONSTRAINT import_rejection_pkey PRIMARY KEY (import_id, "row");


--
-- Name: job job_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (id);


--
-- Name: kpi_day kpi_day_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kpi_day
    ADD CONSTRAINT kpi_day_pkey PRIMARY KEY (row_id);


--
-- Name: kpi_target kpi_target_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kpi_target
    ADD CONSTRAINT kpi_target_pkey PRIMARY KEY (id);


--
-- Name: lease lease_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.lease
    ADD CONSTRAINT lease_pkey PRIMARY KEY (name);


--
-- Name: notice notice_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_pkey PRIMARY KEY (id);


--
-- Name: person person_login_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_login_key UNIQUE (login);


--
-- Name: person person_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (id);


--
-- Name: published_edition published_edition_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.published_edition
    ADD CONSTRAINT published_edition_pkey PRIMARY KEY (tenant_id);


--
-- Name: seaql_migrations seaql_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.seaql_migrations
    ADD CONSTRAINT seaql_migrations_pkey PRIMARY KEY (version);


--
-- Name: session session_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);


--
-- Name: shop shop_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.shop
    ADD CONSTRAINT shop_pkey PRIMARY KEY (id);


--
-- Name: sign_in_attempt sign_in_attempt_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sign_in_attempt
    ADD CONSTRAINT sign_in_attempt_pkey PRIMARY KEY (key);


--
-- Name: staff_grant staff_grant_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.staff_grant
    ADD CONSTRAINT staff_grant_pkey PRIMARY KEY (id);


--
-- Name: staff staff_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_pkey PRIMARY KEY (id);


--
-- Name: staff_position staff_position_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.staff_position
    ADD CONSTRAINT staff_position_pkey PRIMARY KEY (id);


--
-- Name: team team_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.team
    ADD CONSTRAINT team_pkey PRIMARY KEY (id);


--
-- Name: tenant tenant_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenant
    ADD CONSTRAINT tenant_pkey PRIMARY KEY (id);


--
-- Name: tenant tenant_slug_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenant
    ADD CONSTRAINT tenant_slug_key UNIQUE (slug);


--
-- Name: transcript transcript_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.transcript
    ADD CONSTRAINT transcript_pkey PRIMARY KEY (row_id);


--
-- Name: agent_account_name; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX agent_account_name ON public.agent_account USING btree (tenant_id, name);


--
-- Name: agent_account_number; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX agent_account_number ON public.agent_account USING btree (tenant_id, number);


--
-- Name: agent_account_staff; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX agent_account_staff ON public.agent_account USING btree (staff_id);


--
-- Name: api_token_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX api_token_person ON public.api_token USING btree (person_id, tenant_id);


--
-- Name: api_token_secret; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX api_token_secret ON public.api_token USING btree (secret_hash);


--
-- Name: conversation_customer; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversation_customer ON public.conversation USING btree (tenant_id, customer_id);


--
-- Name: conversation_day; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversation_day ON public.conversation USING btree (tenant_id, shop_id, first_day);


--
-- Name: conversation_group; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversation_group ON public.conversation USING btree (tenant_id, group_hash);


--
-- Name: conversation_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversation_id ON public.conversation USING btree (tenant_id, id);


--
-- Name: conversation_newest; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversation_newest ON public.conversation USING btree (tenant_id, first_day, started_at, id);


--
-- Name: conversation_spans; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversation_spans ON public.conversation USING btree (tenant_id, shop_id, spans, last_day);


--
-- Name: customer_name; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX customer_name ON public.customer USING btree (tenant_id, name_hash);


--
-- Name: customer_number; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX customer_number ON public.customer USING btree (tenant_id, number);


--
-- Name: event_seq; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX event_seq ON public.event USING btree (tenant_id, seq);


--
-- Name: event_subject; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX event_subject ON public.event USING btree (subject_id);


--
-- Name: event_time; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX event_time ON public.event USING btree (tenant_id, at);


--
-- Name: import_number; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX import_number ON public.import USING btree (tenant_id, number);


--
-- Name: job_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_due ON public.job USING btree (state, run_at);


--
-- Name: kpi_day_of; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX kpi_day_of ON public.kpi_day USING btree (tenant_id, scope, day, shop_id);


--
-- Name: kpi_target_of; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX kpi_target_of ON public.kpi_target USING btree (tenant_id, key, shop_id);


--
-- Name: notice_inbox; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notice_inbox ON public.notice USING btree (person_id, tenant_id, read_at);


--
-- Name: session_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX session_person ON public.session USING btree (person_id);


--
-- Name: session_secret; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX session_secret ON public.session USING btree (secret_hash);


--
-- Name: shop_code; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX shop_code ON public.shop USING btree (tenant_id, code);


--
-- Name: shop_number; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX shop_number ON public.shop USING btree (tenant_id, number);


--
-- Name: sign_in_attempt_last; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sign_in_attempt_last ON public.sign_in_attempt USING btree (last_at);


--
-- Name: staff_account; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX staff_account ON public.staff USING btree (tenant_id, account);


--
-- Name: staff_grant_role; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX staff_grant_role ON public.staff_grant USING btree (tenant_id, role);


--
-- Name: staff_grant_staff; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX staff_grant_staff ON public.staff_grant USING btree (staff_id);


--
-- Name: staff_person; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX staff_person ON public.staff USING btree (person_id, tenant_id);


--
-- Name: staff_position_staff; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX staff_position_staff ON public.staff_position USING btree (tenant_id, staff_id);


--
-- Name: staff_team; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX staff_team ON public.staff USING btree (team_id);


--
-- Name: team_name; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX team_name ON public.team USING btree (shop_id, name);


--
-- Name: team_number; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX team_number ON public.team USING btree (tenant_id, number);


--
-- Name: agent_account agent_account_staff_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agent_account
    ADD CONSTRAINT agent_account_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id);


--
-- Name: agent_account agent_account_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agent_account
    ADD CONSTRAINT agent_account_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenant(id);


--
-- Name: api_token api_token_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);


--
-- Name: api_token api_token_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenant(id);


--
-- Name: credential credential_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.credential
    ADD CONSTRAINT credential_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);


--
-- Name: import_rejection import_rejection_import_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.import_rejection
    ADD CONSTRAINT import_rejection_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.import(id);


--
-- Name: import import_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.import
    ADD CONSTRAINT import_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenant(id);


--
-- Name: notice notice_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);


--
-- Name: notice notice_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenant(id);


--
-- Name: published_edition published_edition_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.published_edition
    ADD CONSTRAINT published_edition_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenant(id);


--
-- Name: session session_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);


--
-- Name: shop shop_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.shop
    ADD CONSTRAINT shop_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenant(id);


--
-- Name: staff_grant staff_grant_shop_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.staff_grant
    ADD CONSTRAINT staff_grant_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES public.shop(id);


--
-- Name: staff_grant staff_grant_staff_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.staff_grant
    ADD CONSTRAINT staff_grant_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id);


--
-- Name: staff_grant staff_grant_team_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.staff_grant
    ADD CONSTRAINT staff_grant_team_id_fkey FOREIGN KEY (team_id) REFERENCES public.team(id);


--
-- Name: staff staff_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);


--
-- Name: staff_position staff_position_staff_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.staff_position
    ADD CONSTRAINT staff_position_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id);


--
-- Name: staff staff_shop_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES public.shop(id);


--
-- Name: staff staff_team_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_team_id_fkey FOREIGN KEY (team_id) REFERENCES public.team(id);


--
-- Name: staff staff_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenant(id);


--
-- Name: team team_shop_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.team
    ADD CONSTRAINT team_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES public.shop(id);


--
-- Name: tenant tenant_parent_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenant
    ADD CONSTRAINT tenant_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.tenant(id);


--
-- PostgreSQL database dump complete
--


