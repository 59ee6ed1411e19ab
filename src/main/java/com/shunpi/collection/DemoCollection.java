package com.shunpi.collection;

import com.shunpi.calendar.WorkingDays;
import com.shunpi.intake.DemoTable;
import com.shunpi.shared.FieldReader;
import com.shunpi.workflow.DemoLogin;
import java.time.LocalDate;
import org.apache.commons.csv.CSVRecord;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Gives the demo company cases in every stage: its first run, and what its reps were told on the phone. */
@Component
@ConditionalOnBooleanProperty("shunpi.demo")
@Order(210)
class DemoCollection implements ApplicationRunner {

    private final boolean atStart;
    private final CollectionCases cases;
    private final CollectionRun run;
    private final CollectionService collection;
    private final CollectionActions actions;
    private final CollectionSettings settings;
    private final WorkingDays workingDays;
    private final DemoLogin login;

    DemoCollection(
            @Value("${shunpi.demo-orders:true}") boolean atStart,
            CollectionCases cases,
            CollectionRun run,
            CollectionService collection,
            CollectionActions actions,
            CollectionSettings settings,
            WorkingDays workingDays,
            DemoLogin login) {
        this.atStart = atStart;
        this.cases = cases;
        this.run = run;
        this.collection = collection;
        this.actions = actions;
        this.settings = settings;
        this.workingDays = workingDays;
        this.login = login;
    }

    @Override
    public void run(ApplicationArguments args) {
        if (atStart && cases.count() == 0) {
            load();
        }
    }

    void load() {
        LocalDate today = collection.today();
        LocalDate day = today;
        while (!workingDays.isWorkingDay(day)) {
            day = day.minusDays(1);
        }
        run.run(day);
        for (CSVRecord row : DemoTable.read("contacts.csv", today)) {
            if (collection.openCase(row.get("customer_code")).isPresent()) {
                FieldReader reader = new FieldReader();
                ContactInput.Read contact = new ContactInput(
                                row.get("contacted_on"),
                                row.get("person"),
                                row.get("means"),
                                row.get("said"),
                                row.get("promised_on"),
                                row.get("promised_amount"))
                        .read(reader, today, settings.farthestPromise());
                reader.check();
                login.run(row.get("by"), () -> actions.contact(row.get("customer_code"), contact));
            }
        }
        login.run("rep2", () -> actions.dispute("FP20260018", "客户称其中一台有质量问题，正在协商。"));
    }
}
