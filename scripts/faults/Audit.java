import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the tables themselves when all is over, and compares them with each other and with what was confirmed. */
final class Audit {

    private static final String OURS = "(select order_number from sales_order where source = 'kill-test')";

    /** What must not be there: each finds the rows that are wrong. */
    private static final Map<String, String> WRONG = new LinkedHashMap<>();

    static {
        WRONG.put("an order twice", "select source, external_number from sales_order group by source, external_number"
                + " having count(*) > 1");
        WRONG.put("an order whose case is not exactly one", "select o.order_number from sales_order o where (select"
                + " count(*) from act_hi_procinst p where p.business_key_ = o.order_number"
                + " and p.proc_def_key_ = 'order-review') <> 1");
        WRONG.put("a case without an order", "select p.business_key_ from act_hi_procinst p where"
                + " p.proc_def_key_ = 'order-review' and not exists (select 1 from sales_order o"
                + " where o.order_number = p.business_key_)");
        WRONG.put("an order that has not come to an end", "select order_number, status from sales_order where source ="
                + " 'kill-test' and status not in ('ARCHIVED', 'REJECTED', 'CANCELLED')");
        WRONG.put("a case that goes on although its order has ended", "select r.business_key_ from act_hi_procinst r"
                + " where r.end_time_ is null and r.business_key_ in " + OURS);
        String done = "(select p.business_key_ as number, t.task_def_key_ as step, count(*) as n from act_hi_taskinst t"
                + " join act_hi_procinst p on p.id_ = t.root_proc_inst_id_ where t.delete_reason_ = 'completed'"
                + " and p.business_key_ in " + OURS + " group by p.business_key_, t.task_def_key_)";
        String recorded = "(select document_number as number, step, count(*) as n from decision_record where step like"
                + " 'userTask%' and document_number in " + OURS + " group by document_number, step)";
        WRONG.put("a task done without exactly one decision recorded", "select d.number, d.step, d.n from " + done
                + " d left join " + recorded + " r on r.number = d.number and r.step = d.step where r.n is null"
                + " or r.n <> d.n");
        WRONG.put("a decision recorded for a task that was not done", "select r.number, r.step, r.n from " + recorded
                + " r left join " + done + " d on r.number = d.number and r.step = d.step where d.n is null"
                + " or r.n <> d.n");
        WRONG.put("a step decided twice", "select document_number, step from decision_record where document_number in "
                + OURS + " and step <> 'userTask_promiseDate' group by document_number, step having count(*) > 1");
        WRONG.put("an archived order without its seven hands", "select o.order_number from sales_order o where source ="
                + " 'kill-test' and status = 'ARCHIVED' and (select count(distinct step) from decision_record d where"
                + " d.document_number = o.order_number and d.step in ('userTask_reviewOrder', 'userTask_verifyDocument',"
                + " 'userTask_shipOrder', 'userTask_prepareInvoice', 'userTask_verifyInvoice', 'userTask_fileNote'))"
                + " <> 6");
        WRONG.put("a document not verified exactly once", "select o.order_number, t.type from sales_order o cross join"
                + " (select 'ORDER_RELEASE' as type union all select 'INVOICE') t where o.source = 'kill-test' and"
                + " o.status = 'ARCHIVED' and (select count(*) from verification v where v.document_number ="
                + " o.order_number and v.document_type = t.type and v.status = 'AGREED') <> 1");
        WRONG.put("a verification left open", "select verification_number from verification where status = 'OPEN' and"
                + " document_number in " + OURS);
        WRONG.put("stock that does not add up", "select p.code, p.stock from product p where p.code like 'KT-%' and"
                + " p.stock <> (case when p.code = 'KT-3' then 0 else " + Sales.PLENTY + " end)"
                + " + coalesce((select sum(quantity) from goods_receipt g where g.product_code = p.code), 0)"
                + " - coalesce((select sum(l.quantity) from order_line l join sales_order o on o.order_number ="
                + " l.order_number where l.product_code = p.code and o.status = 'ARCHIVED'), 0)");
        WRONG.put("units still reserved", "select code, reserved from product where code like 'KT-%' and reserved <> 0"
                + " union all select document_number, quantity from stock_reservation where product_code like 'KT-%'");
        WRONG.put("a shortage left", "select order_number, quantity from shortage where order_number in " + OURS);
        WRONG.put("an archived order not invoiced exactly once", "select o.order_number from sales_order o where"
                + " o.source = 'kill-test' and o.status = 'ARCHIVED' and (select count(*) from invoice i where"
                + " i.order_number = o.order_number and i.amount = o.amount) <> 1");
        for (String[] mail : new String[][] {
            {"ARCHIVED", "order-confirmed"}, {"ARCHIVED", "dispatch"},
            {"REJECTED", "order-rejected"}, {"CANCELLED", "order-cancelled"}
        }) {
            WRONG.put("not exactly one mail " + mail[1], "select o.order_number from sales_order o where o.source ="
                    + " 'kill-test' and o.status = '" + mail[0] + "' and (select count(*) from mail_outbox m where"
                    + " m.case_number = o.order_number and m.template = '" + mail[1] + "') <> 1");
        }
        WRONG.put("an incident", "select id_, incident_msg_ from act_ru_incident");
        WRONG.put("a job given up", "select id_, exception_msg_ from act_ru_job where retries_ = 0");
        WRONG.put("a job still locked by the dead", "select id_, lock_owner_ from act_ru_job where lock_exp_time_ <"
                + " current_timestamp - interval '5' minute");
        WRONG.put("a worklist that differs from the tasks", "select id_ from act_ru_task t where not exists (select 1"
                + " from worklist w where w.task_id = t.id_) union all select task_id from worklist w where not exists"
                + " (select 1 from act_ru_task t where t.id_ = w.task_id)");
    }

    private final Connection connection;
    final List<String> faults = new ArrayList<>();

    Audit(Connection connection) {
        this.connection = connection;
    }

    void run(Sales sales) throws SQLException {
        for (Map.Entry<String, String> check : WRONG.entrySet()) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(check.getValue())) {
                for (int i = 0; rows.next(); i++) {
                    if (i < 5) {
                        int columns = rows.getMetaData().getColumnCount();
                        faults.add(check.getKey() + ": " + rows.getString(1)
                                + (columns > 1 ? " " + rows.getString(2) : ""));
                    }
                }
            }
        }
        for (Map.Entry<String, Sales.Case> order : sales.orders.entrySet()) {
            exactlyOne("order " + order.getKey(), "select count(*) from sales_order where order_number = ? and"
                    + " external_number = ?", order.getKey(), order.getValue().external);
        }
        for (Sales.Done done : sales.done.values()) {
            exactlyOne("completed task " + done, "select count(*) from act_hi_taskinst where id_ = ? and task_def_key_"
                    + " = ? and delete_reason_ = 'completed'", done.task(), done.step());
        }
        for (String payment : sales.payments.keySet()) {
            exactlyOne("payment " + payment, "select count(*) from payment where bank_reference = ? and amount = 1.00",
                    payment);
        }
        for (String receipt : sales.goods.keySet()) {
            exactlyOne("goods " + receipt, "select count(*) from goods_receipt where reference = ? and quantity = 2",
                    receipt);
        }
    }

    private void exactlyOne(String what, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (row.getInt(1) != 1) {
                    faults.add("acknowledged, and there " + row.getInt(1) + " times: " + what);
                }
            }
        }
    }

    long count(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    int checks() {
        return WRONG.size();
    }
}
