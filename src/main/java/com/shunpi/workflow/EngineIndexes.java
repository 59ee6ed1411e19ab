package com.shunpi.workflow;

import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Drops those of the engine's indexes by which nothing is ever looked for here. A step of a case writes to some hundred indexes,
 * and each is a page that has to be written (docs/adr/0037-indexes-nobody-asks.md).
 */
@Component
class EngineIndexes {

    /** There are no tenants, no cases of CMMN, and no row of the history says when it may go (ADR 0030): all of them are empty. */
    static final List<String> OF_EMPTY_COLUMNS = List.of(
            "act_idx_exec_tenant_id",
            "act_idx_task_tenant_id",
            "act_idx_variable_tenant_id",
            "act_idx_event_subscr_tenant_id",
            "act_idx_job_tenant_id",
            "act_idx_hi_pro_inst_tenant_id",
            "act_idx_hi_pro_inst_rm_time",
            "act_idx_hi_act_inst_tenant_id",
            "act_idx_hi_act_inst_rm_time",
            "act_idx_hi_task_inst_tenant_id",
            "act_idx_hi_task_inst_rm_time",
            "act_idx_hi_var_inst_tenant_id",
            "act_idx_hi_varinst_rm_time",
            "act_idx_hi_casevar_case_inst",
            "act_idx_hi_detail_tenant_id",
            "act_idx_hi_detail_rm_time",
            "act_idx_hi_detail_case_inst",
            "act_idx_hi_detail_case_exec",
            "act_idx_hi_ident_lnk_tenant_id",
            "act_idx_hi_ident_link_rm_time",
            "act_idx_hi_job_log_tenant_id",
            "act_idx_hi_job_log_rm_time",
            "act_idx_hi_op_log_rm_time",
            "act_idx_bytearray_rm_time");

    /** The engine looks by the root of a case only to write onto its rows when they may go. */
    static final List<String> OF_ROOTS = List.of(
            "act_idx_hi_actinst_root_pi",
            "act_idx_hi_varinst_root_pi",
            "act_idx_hi_detail_root_pi",
            "act_idx_hi_ident_lnk_root_pi",
            "act_idx_hi_job_log_root_pi",
            "act_idx_hi_op_log_root_pi",
            "act_idx_bytearray_root_pi");

    /** Another index begins with the same column, or is the primary key. */
    static final List<String> OF_BEGINNINGS =
            List.of("act_idx_job_handler_type", "act_idx_hi_procvar_proc_inst", "act_idx_hi_taskinstid_procinst");

    /**
     * History by its time, its definition, its name, and variables of tasks by theirs: what reports of the engine's commercial edition
     * ask, and no page, query or clean-up here. All of these look by case, called case, task, business key or person; and from a row of the history to its large value, never back.
     */
    static final List<String> OF_REPORTS = List.of(
            "act_idx_variable_task_name_type",
            "act_idx_hi_pro_inst_end",
            "act_idx_hi_pro_inst_proc_def_key",
            "act_idx_hi_pro_inst_proc_time",
            "act_idx_hi_act_inst_start_end",
            "act_idx_hi_act_inst_end",
            "act_idx_hi_act_inst_comp",
            "act_idx_hi_act_inst_stats",
            "act_idx_hi_act_inst_proc_def_key",
            "act_idx_hi_ai_pdefid_end_time",
            "act_idx_hi_task_inst_proc_def_key",
            "act_idx_hi_task_inst_start",
            "act_idx_hi_procvar_name_type",
            "act_idx_hi_varinst_name",
            "act_idx_hi_var_inst_proc_def_key",
            "act_idx_hi_varinst_act_inst_id",
            "act_idx_hi_varinst_bytear",
            "act_idx_hi_detail_act_inst",
            "act_idx_hi_detail_time",
            "act_idx_hi_detail_name",
            "act_idx_hi_detail_proc_def_key",
            "act_idx_hi_detail_bytear",
            "act_idx_hi_detail_task_bytear",
            "act_idx_hi_ident_lnk_user",
            "act_idx_hi_ident_lnk_group",
            "act_idx_hi_ident_lnk_proc_def_key",
            "act_idx_hi_ident_lnk_timestamp",
            "act_idx_hi_job_log_procdef",
            "act_idx_hi_job_log_proc_def_key",
            "act_idx_hi_job_log_job_def_id",
            "act_idx_hi_job_log_job_conf",
            "act_idx_hi_op_log_procdef",
            "act_idx_hi_op_log_timestamp",
            "act_idx_hi_op_log_op_type",
            "act_idx_hi_op_log_entity_type");

    private final JdbcTemplate jdbc;

    EngineIndexes(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    static Stream<String> unneeded() {
        return Stream.of(OF_EMPTY_COLUMNS, OF_ROOTS, OF_BEGINNINGS, OF_REPORTS).flatMap(List::stream);
    }

    /** To be called outside of transactions, once the engine has its tables. Nobody at work is kept waiting. */
    void drop() {
        boolean postgresql = Boolean.TRUE.equals(jdbc.execute((ConnectionCallback<Boolean>)
                connection -> connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")));
        String concurrently = postgresql ? "concurrently " : "";
        // for a while this one was dropped, and the longer one that begins with it was kept
        jdbc.execute("create index " + concurrently
                + "if not exists act_idx_variable_task_id on act_ru_variable (task_id_)");
        unneeded().forEach(index -> jdbc.execute("drop index " + concurrently + "if exists " + index));
    }
}
