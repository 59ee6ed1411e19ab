package com.shunpi.benchmark;

import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** One engine with one kind of case, on a database of its own. The harness calls it from one or several threads. */
public interface Contender extends AutoCloseable {

    /** What a person does with the case's open task; the person's groups are those of the demo company. */
    record Step(String user, String group) {}

    /** The steps of the two-step approval. */
    List<Step> TWO_STEPS = List.of(new Step("assistant1", "sales-assistant"), new Step("manager", "sales-manager"));

    /** Finds the open task of a two-step case by the id of its instance: the same table in every engine. */
    String TASK_OF_INSTANCE = "select id_ from act_ru_task where proc_inst_id_ = ?";

    /** Finds the open task of an order, which may be a task of the verification it called, by its business key. */
    String TASK_OF_ORDER = "select t.id_ from act_ru_execution root"
            + " join act_ru_execution called on called.root_proc_inst_id_ = root.id_ and called.parent_id_ is null"
            + " join act_ru_task t on t.proc_inst_id_ = called.id_ where root.business_key_ = ?";

    /** The card that every case of ours shows in its queue. */
    static Map<String, Object> card(String number) {
        return Map.of(
                "documentNumber", number, "customerName", "客户", "amount", "300.00", "urgent", false, "priority", 50);
    }

    /** Starts the engine on an empty database, and brings the diagrams there. */
    void open(DataSource database) throws Exception;

    /** Makes ready what cases of these numbers need beforehand; neither measured nor counted. */
    default void prepare(int first, int count) {}

    /** Starts a case. Returns what {@link #taskQuery()} asks for. */
    String start(int number);

    /** What is done after the start. */
    List<Step> steps();

    /** A query for the id of the one open task of a case. */
    String taskQuery();

    /** The values that the step hands in; neither measured nor counted. */
    Map<String, Object> input(String started, int step);

    /** Logs the person in, on this thread; neither measured nor counted. */
    void login(Step step);

    void claim(String task, Step step);

    void complete(String task, Map<String, Object> input);

    void logout();
}
