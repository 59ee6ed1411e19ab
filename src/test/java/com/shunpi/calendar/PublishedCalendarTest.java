package com.shunpi.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shunpi.MutableClock;
import com.shunpi.TestDatabase;
import com.shunpi.notification.Notice;
import com.shunpi.notification.Outbox;
import com.shunpi.shared.Fault;
import com.shunpi.shared.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A9: working days follow the State Council's notices for 2025 (国办发明电〔2024〕12号) and 2026 (国办发明电〔2025〕7号). */
@ExtendWith(OutputCaptureExtension.class)
class PublishedCalendarTest {

    final MutableClock clock = new MutableClock();
    DataSource dataSource = TestDatabase.H2.migrated();
    PublishedCalendar calendar;
    TransactionTemplate transaction;

    @BeforeEach
    void calendar() {
        clock.reset();
        calendar = new PublishedCalendar(new CalendarTable(JdbcClient.create(dataSource)), clock);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    @ParameterizedTest
    @CsvSource({
        // first and last free day of each holiday and the days around it
        "2024-12-31, true",
        "2025-01-01, false",
        "2025-01-02, true", // 元旦, alone in midweek
        "2025-01-27, true",
        "2025-01-28, false",
        "2025-02-04, false",
        "2025-02-05, true", // 春节
        "2025-04-03, true",
        "2025-04-04, false",
        "2025-04-06, false",
        "2025-04-07, true", // 清明节
        "2025-04-30, true",
        "2025-05-01, false",
        "2025-05-05, false",
        "2025-05-06, true", // 劳动节
        "2025-05-30, true",
        "2025-05-31, false",
        "2025-06-02, false",
        "2025-06-03, true", // 端午节
        "2025-09-30, true",
        "2025-10-01, false",
        "2025-10-08, false",
        "2025-10-09, true", // 国庆节、中秋节
        "2025-12-31, true",
        "2026-01-01, false",
        "2026-01-03, false",
        "2026-01-05, true", // 元旦
        "2026-02-13, true",
        "2026-02-15, false",
        "2026-02-23, false",
        "2026-02-24, true", // 春节
        "2026-04-03, true",
        "2026-04-04, false",
        "2026-04-06, false",
        "2026-04-07, true", // 清明节
        "2026-04-30, true",
        "2026-05-01, false",
        "2026-05-05, false",
        "2026-05-06, true", // 劳动节
        "2026-06-18, true",
        "2026-06-19, false",
        "2026-06-21, false",
        "2026-06-22, true", // 端午节
        "2026-09-24, true",
        "2026-09-25, false",
        "2026-09-27, false",
        "2026-09-28, true", // 中秋节
        "2026-09-30, true",
        "2026-10-01, false",
        "2026-10-07, false",
        "2026-10-08, true", // 国庆节
        // every make-up day, and an ordinary weekend
        "2025-01-26, true",
        "2025-02-08, true",
        "2025-04-27, true",
        "2025-09-28, true",
        "2025-10-11, true",
        "2026-01-04, true",
        "2026-02-14, true",
        "2026-02-28, true",
        "2026-05-09, true",
        "2026-09-20, true",
        "2026-10-10, true",
        "2025-10-12, false",
        "2026-10-11, false",
        "2026-11-21, false",
        "2026-11-22, false"
    })
    void theNoticeDecidesOverTheWeek(LocalDate date, boolean working) {
        assertThat(calendar.isWorkingDay(date)).isEqualTo(working);
    }

    @ParameterizedTest
    @CsvSource({"2025, 248", "2026, 248"})
    void aYearHasTheStatutoryNumberOfWorkingDays(int year, int expected) {
        LocalDate first = LocalDate.of(year, 1, 1);
        assertThat(first.datesUntil(first.plusYears(1)).filter(calendar::isWorkingDay))
                .hasSize(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23, 0, 2026-11-23",
        "2026-11-23, 3, 2026-11-26",
        "2026-11-20, 1, 2026-11-23", // over a weekend
        "2026-11-22, 1, 2026-11-23", // from a Sunday
        "2025-09-26, 1, 2025-09-28", // the Sunday before 国庆 works
        "2025-09-30, 1, 2025-10-09", // over the eight days
        "2025-09-30, 3, 2025-10-11", // and onto the make-up Saturday
        "2025-09-30, 4, 2025-10-13",
        "2026-09-18, 1, 2026-09-20", // make-up Sunday before 中秋 and 国庆
        "2026-09-24, 1, 2026-09-28", // over 中秋
        "2026-09-30, 1, 2026-10-08", // over 国庆
        "2026-09-30, 3, 2026-10-10", // onto the make-up Saturday
        "2026-09-30, 4, 2026-10-12",
        "2026-09-24, 6, 2026-10-10", // both holidays: 28, 29, 30 September, 8, 9, 10 October
        "2026-02-13, 1, 2026-02-14",
        "2026-02-14, 1, 2026-02-24", // the nine days of 春节
        "2026-02-24, 4, 2026-02-28",
        "2025-12-31, 1, 2026-01-04" // over the turn of the year
    })
    void limitsCountWorkingDaysOverHolidaysAndMakeUpDays(LocalDate from, int days, LocalDate expected) {
        assertThat(calendar.plus(from, days)).isEqualTo(expected);
    }

    @Test
    void aYearNotYetPublishedFollowsTheWeek() {
        assertThat(calendar.year(2027).isPublished()).isFalse();
        assertThat(calendar.year(2031).isPublished()).isFalse();
        assertThat(calendar.isWorkingDay(LocalDate.of(2027, 10, 1))).isTrue();
        assertThat(calendar.isWorkingDay(LocalDate.of(2027, 10, 2))).isFalse();
    }

    @Test
    void countingBackwardsIsRefused() {
        assertThatThrownBy(() -> calendar.plus(LocalDate.of(2026, 11, 23), -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNoticeWithWrongDaysIsRefusedNamingEachAndChangesNothing() {
        CalendarYear wrong = year(
                day("2027-01-01", false),
                day("2027-01-01", false),
                day("2028-01-01", false),
                day("2026-11-30", false),
                day("2027-10-08", true),
                new CalendarYear.Day(LocalDate.of(2027, 10, 1), false, " "),
                new CalendarYear.Day(null, false, "国庆节"));

        assertThatThrownBy(() -> publish(wrong))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.faults())
                                .extracting(Fault::field)
                                .containsExactly("days[1]", "days[2]", "days[3]", "days[4]", "days[5]", "days[6]"));
        assertThat(calendar.year(2027).isPublished()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aPublishedYearCountsAtOnceAndReplacesWhatWasThere(TestDatabase database) {
        dataSource = database.migrated();
        calendar();
        LocalDate nationalDay = LocalDate.of(2027, 10, 1);
        assertThat(calendar.isWorkingDay(nationalDay)).isTrue();

        publish(year(day("2026-12-27", true), day("2027-10-01", false)));
        assertThat(calendar.isWorkingDay(nationalDay)).isFalse();
        assertThat(calendar.isWorkingDay(LocalDate.of(2026, 12, 27))).isTrue();

        publish(year(day("2027-10-04", false)));
        assertThat(calendar.isWorkingDay(nationalDay)).isTrue();
        CalendarYear read = calendar.year(2027);
        assertThat(read.days()).containsExactly(day("2027-10-04", false));
        assertThat(read.changedBy()).isEqualTo("owner");
        assertThat(read.changedAt()).isEqualTo(clock.instant());
    }

    @Test
    void aChangeThatRollsBackIsNotSeen() {
        LocalDate nationalDay = LocalDate.of(2027, 10, 1);
        transaction.executeWithoutResult(status -> {
            calendar.publish(year(day("2027-10-01", false)));
            status.setRollbackOnly();
        });

        assertThat(calendar.isWorkingDay(nationalDay)).isTrue();
    }

    @Test
    void aChangeMadeElsewhereIsSeenSoon() {
        LocalDate date = LocalDate.of(2026, 12, 1);
        assertThat(calendar.isWorkingDay(date)).isTrue();
        JdbcClient.create(dataSource)
                .sql("insert into calendar_day values (date '2026-12-01', 2026, false, '停产检修', '厂内通知')")
                .update();

        clock.advance(Duration.ofSeconds(61));

        assertThat(calendar.isWorkingDay(date)).isFalse();
    }

    @Test
    void aMissingNoticeIsReportedFromDecemberOn(CapturedOutput output) {
        Set<String> told = new TreeSet<>();
        CalendarReminder reminder = new CalendarReminder(
                calendar,
                new Outbox() {
                    @Override
                    public void tell(String address, Notice notice) {
                        throw new AssertionError();
                    }

                    @Override
                    public void tellGroup(String group, Notice notice) {
                        told.add(group + " " + notice.event());
                    }

                    @Override
                    public Set<String> withdraw(Collection<String> events) {
                        throw new AssertionError();
                    }
                },
                clock);
        // 30 November, 23:59 in Shanghai
        clock.set(Instant.parse("2026-11-30T15:59:00Z"));
        reminder.check();
        assertThat(output).doesNotContain("2027 年的放假安排尚未录入");
        assertThat(told).isEmpty();

        clock.advance(Duration.ofMinutes(1));
        reminder.check();
        assertThat(output).contains("2027 年的放假安排尚未录入");
        // once a month: the outbox leaves a second notice of the same event out
        clock.advance(Duration.ofDays(20));
        reminder.check();
        clock.advance(Duration.ofDays(20));
        reminder.check();
        assertThat(told).containsExactly("process-owner calendar/2027/2026-12", "process-owner calendar/2027/2027-01");
    }

    private void publish(CalendarYear year) {
        transaction.executeWithoutResult(status -> calendar.publish(year));
    }

    private CalendarYear year(CalendarYear.Day... days) {
        return new CalendarYear(2027, "国办发明电〔2026〕1号", List.of(days), "owner", clock.instant());
    }

    private static CalendarYear.Day day(String date, boolean working) {
        return new CalendarYear.Day(LocalDate.parse(date), working, "国庆节");
    }
}
