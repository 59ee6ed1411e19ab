package com.shunpi.reporting;

import com.shunpi.workflow.Directory;
import com.shunpi.workflow.Groups;
import com.shunpi.workflow.TaskFigures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Who has how much to do (A8, F18): per person and role the tasks done in the period, how many of them late, how long they
 * took from being created to being done, and what was open and overdue at the period's end. What nobody had claimed is
 * counted in every queue it waits in.
 */
@Component
class WorkloadReport implements Report {

    private final TaskFigures tasks;
    private final Directory directory;

    WorkloadReport(TaskFigures tasks, Directory directory) {
        this.tasks = tasks;
        this.directory = directory;
    }

    @Override
    public String name() {
        return "workload";
    }

    @Override
    public String title() {
        return "工作量";
    }

    @Override
    public Set<String> readers() {
        return Set.of(Groups.SALES_MANAGER, Groups.SALES_DIRECTOR, Groups.GENERAL_MANAGER, Groups.PROCESS_OWNER);
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("role", "角色代码"),
                new Column("roleName", "角色"),
                new Column("person", "账号"),
                new Column("personName", "姓名"),
                new Column("open", "在办"),
                new Column("overdue", "其中：已超期"),
                Column.sum("done", "已办"),
                Column.sum("late", "其中：超期办结"),
                new Column("medianHours", "用时中位数（小时）"));
    }

    @Override
    public Chart chart(Dimension by) {
        return new Chart(List.of("roleName", "personName"), List.of("open", "done"));
    }

    @Override
    public List<Map<String, Object>> rows(Period period) {
        List<TaskFigures.Load> loads = tasks.between(
                Breakdown.startOf(period.from()).toInstant(),
                Breakdown.startOf(period.to().plusDays(1)).toInstant());
        Map<String, String> names = directory.namesOf(loads.stream()
                .map(TaskFigures.Load::person)
                .filter(Objects::nonNull)
                .toList());
        return loads.stream().map(load -> row(load, names)).toList();
    }

    private Map<String, Object> row(TaskFigures.Load load, Map<String, String> names) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("role", load.role());
        row.put("roleName", directory.groupNameOf(load.role()));
        row.put("person", load.person());
        row.put("personName", load.person() == null ? "（未领取）" : names.getOrDefault(load.person(), load.person()));
        row.put("open", load.open());
        row.put("overdue", load.overdue());
        row.put("done", load.done());
        row.put("late", load.late());
        row.put("medianHours", load.medianHours());
        return row;
    }
}
